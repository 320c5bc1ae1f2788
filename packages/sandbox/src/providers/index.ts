export { FakeProvider, type Reattach, reattachEnvironment } from './fake-provider';
