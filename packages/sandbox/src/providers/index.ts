export { type Reattach, reattachEnvironment, StandInProvider } from './stand-in-provider';
