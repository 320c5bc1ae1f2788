export { Clock } from './clock';
export { type LoggedRequest, RequestLog } from './http/request-log';
