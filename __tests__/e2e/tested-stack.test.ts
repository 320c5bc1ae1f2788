import { describeWithTerraform } from '../support/sandbox';

describeWithTerraform('the tests of the tested stack', () => {
  require('../../examples/tested-stack/orders-stack.test');
});
