import { type TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { Construct } from 'constructs';
import { DevPortal, Moves } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { type ExpectedFailure, expectFailures, expectSynthFailures } from '../../support/validation';
import { movedBlocks } from './moved-blocks';

const newPortal = (stack: TerraformStack, id = 'portal') =>
  new DevPortal(stack, id, { name: `Portal ${id}`, homePage: '' });

const FORM = /must be the ids from the stack to the construct, joined by \//;
const CURRENT = /must not be the current path of the construct/;
const KNOWN = /must be known at synthesis/;

test.each<[string, unknown[], ...ExpectedFailure[]]>([
  ['the current path', ['portal'], ['formerPaths[0]', CURRENT]],
  ['an empty path', [''], ['formerPaths[0]', FORM]],
  ['a slash in front', ['/former'], ['formerPaths[0]', FORM]],
  ['a slash at the end', ['former/'], ['formerPaths[0]', FORM]],
  [
    'the name of the stack',
    ['stack/former'],
    ['formerPaths[0]', /must not start with the name of the stack/],
  ],
  ['a path twice', ['a', 'b', 'a'], ['formerPaths[2]', /must not be declared twice/]],
  ['no path', [], ['formerPaths', /must have at least 1 item/]],
  ['several invalid paths', ['portal', '/x'], ['formerPaths[0]', CURRENT], ['formerPaths[1]', FORM]],
  ['a token', [Token.asString({ resolve: () => 'former' })], ['formerPaths[0]', KNOWN]],
  ['a token that is not text', [Token.asAny('former')], ['formerPaths[0]', KNOWN]],
  ['a number', [5], ['formerPaths[0]', /must be a string/]],
  ['a list', [['a', 'b']], ['formerPaths[0]', /must be a string/]],
  ['undefined', ['a', undefined], ['formerPaths[1]', /is required/]],
])('rejects %s', (_case, paths, ...expected) => {
  const portal = newPortal(stackWithProviders());
  const error = expectFailures(() => Moves.from(portal, ...(paths as string[])), ...expected);
  expect(error.constructPath).toBe('stack/portal');
});

test('rejects a list that is known at apply only', () => {
  const stack = stackWithProviders();
  const { listValue } = new TerraformVariable(stack, 'paths', {});
  expectFailures(() => Moves.from(newPortal(stack), ...listValue), ['formerPaths', KNOWN]);
});

test('rejects anything but a construct', () => {
  const error = expectFailures(
    () => Moves.from('portal' as unknown as Construct, 'former'),
    ['construct', /must be a construct/],
  );
  expect(error.constructPath).toBe('Moves.from');
});

test('rejects a second call for a construct', () => {
  const portal = newPortal(stackWithProviders());
  Moves.from(portal, 'former');
  expectFailures(() => Moves.from(portal, 'older'), ['construct', /must not be declared twice/]);
});

test('rejects a stack and an app', () => {
  const inStack = /must be in a stack: addresses in a state start there \(Terraform\)/;
  expectFailures(() => Moves.from(stackWithProviders(), 'former'), ['construct', inStack]);
  expectFailures(() => Moves.from(Testing.app(), 'former'), ['construct', inStack]);
});

test('rejects the address of a resource that the stack still has, at synthesis', () => {
  const stack = stackWithProviders();
  Moves.from(newPortal(stack), 'former');
  newPortal(stack, 'former');
  const [failure] = expectSynthFailures(stack, [
    'formerPaths',
    /must not be the address of a resource that the stack still has \(Terraform\)/,
  ]);
  expect(failure).toMatchObject({
    path: 'stack/portal',
    text: expect.stringContaining('"konnect_portal.former_'),
  });
});

test('rejects one former path of two constructs, at synthesis', () => {
  const stack = stackWithProviders();
  Moves.from(newPortal(stack, 'a'), 'former');
  Moves.from(newPortal(stack, 'b'), 'former');
  const [failure] = expectSynthFailures(stack, [
    'formerPaths',
    /must be the former path of one resource only \(Terraform\)/,
  ]);
  expect(failure.path).toBe('stack/b');
});

test('accepts a path that starts with a construct of the same id as the stack', () => {
  const stack = stackWithProviders();
  new Construct(stack, 'stack');
  Moves.from(newPortal(stack), 'stack/portal');
  expect(movedBlocks(synthesize(stack))).toEqual([
    {
      from: expect.stringMatching(/^konnect_portal\.stack_portal_/),
      to: expect.stringMatching(/^konnect_portal\.portal_/),
    },
  ]);
});
