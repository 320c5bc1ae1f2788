import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { SecretScanner } from '../../support/secret-scanner';

/*
 * The scanner finds what it has to find, so that finding nothing says something.
 */
const SECRET = 'p4"s\\s <w0rd>&%more: than/16';
const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${'cGF5bG9hZC'.repeat(4)}.${'aBcDeFgHiJkLmNoPqRsT'.repeat(8)}`;
const scanner = new SecretScanner(() => [SECRET, TOKEN, 'short']);

const base64 = (text: string) => Buffer.from(text).toString('base64');
const found = (text: string) => scanner.find({ text }).join();

test.each([
  ['as it is', SECRET],
  ['as it is', `a line\nwith ${SECRET} in it`],
  ['as it is', `wrapped ${SECRET.slice(0, 9)}\n      ${SECRET.slice(9)}`],
  ['as it is', `\u001b[31mcoloured ${SECRET.slice(0, 9)}\u001b[0m${SECRET.slice(9)}`],
  ['in a URL', `?secret=${encodeURIComponent(SECRET)}`],
  ['in a form', new URLSearchParams({ secret: SECRET }).toString()],
  ['in JSON', JSON.stringify({ secret: SECRET })],
  ['in JSON in JSON', JSON.stringify({ body: JSON.stringify({ secret: SECRET }) })],
  [
    'in JSON of Go',
    JSON.stringify(SECRET).replace('<', '\\u003c').replace('>', '\\u003e').replace('&', '\\u0026'),
  ],
  ['in Base64', `Authorization: Basic ${base64(`0oa1:${SECRET}`)}`],
  ['in Base64', `Basic ${base64(['0oa1', SECRET].map(encodeURIComponent).join(':'))}`],
  ['in Base64', Buffer.from(`0oa1:${SECRET}`).toString('base64url')],
  ['in part', `${SECRET.slice(0, 20)}…`],
  ['in part', `…${SECRET.slice(5)}`],
])('finds a secret %s: %j', (form, text) => {
  expect(found(text)).toBe(`text: a secret of ${SECRET.length} characters, ${form}`);
});

test('finds a token, and its signature without the rest', () => {
  expect(found(`Bearer ${TOKEN}`)).toContain('as it is');
  expect(found(TOKEN.slice(-60))).toContain('in part');
  expect(found(TOKEN.slice(0, TOKEN.lastIndexOf('.')))).toBe('');
});

test('says where it is, and nothing when all is well', () => {
  expect(
    scanner.find({ stdout: 'nothing', stderr: SECRET, log: TOKEN }).map((each) => each.split(':')[0]),
  ).toEqual(['stderr', 'log']);
  expect(scanner.find({ stdout: 'a short text, and p4"s\\s in pieces too small to count' })).toEqual([]);
});

test('refuses to look for nothing', () => {
  expect(() => new SecretScanner(() => ['short']).find({ stdout: '' })).toThrow('no secret to look for');
});

describe('in a folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scanner-'));
    mkdirSync(join(folder, 'stack'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('finds it in files of every depth', () => {
    writeFileSync(join(folder, 'clean'), 'clean');
    writeFileSync(join(folder, 'stack', 'state'), JSON.stringify({ secret: SECRET }));
    expect(scanner.findInFolder(folder)).toEqual([
      `${join('stack', 'state')}: a secret of ${SECRET.length} characters, in JSON`,
    ]);
  });

  test('opens archives', () => {
    const entries = [zipEntry('one', 'clean'), zipEntry('two', `before ${SECRET}`)];
    writeFileSync(join(folder, 'plan'), entries.join(''), 'latin1');
    expect(scanner.findInFolder(folder)).toEqual([`plan: a secret of ${SECRET.length} characters, as it is`]);
  });
});

/** An entry of a ZIP archive, packed as Terraform packs a plan; one character a byte. */
function zipEntry(name: string, content: string): string {
  const packed = deflateRawSync(content).toString('latin1');
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(name.length, 26);
  return `${header.toString('latin1')}${name}${packed}`;
}
