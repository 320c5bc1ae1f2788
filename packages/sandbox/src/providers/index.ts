export { type Reattach, reattachEnvironment, StandInProvider } from './fake-provider';
