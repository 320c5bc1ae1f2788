import { CommandError } from '../../cli/exit';
import { joinTexts } from '../../cli/join-texts';
import { describeOktaError } from '../../cli/okta-error-body';

const REFUSED = "Invalid value for 'client_id' parameter.";

test('a text that ends with a period goes on without it', () => {
  expect(joinTexts([REFUSED, 'application Shop is inactive'], ': ')).toBe(
    "Invalid value for 'client_id' parameter: application Shop is inactive",
  );
  expect(joinTexts(['One.', '', undefined, 'two.'], '; ')).toBe('One; two.');
});

test('the causes of an error of Okta are one sentence', () => {
  const errorCauses = [{ errorSummary: 'name: It exists.' }, { errorSummary: 'label: It is long.' }];
  expect(describeOktaError({ errorSummary: 'Api validation failed.', errorCauses })).toBe(
    'Api validation failed: name: It exists; label: It is long.',
  );
});

test('a note follows the message of an API with one period', () => {
  const error = CommandError.failed('Konnect refuses it: It exists.', 'Fix it.').withNote('Nothing is lost');
  expect(error.message).toBe('Konnect refuses it: It exists. Nothing is lost');
});
