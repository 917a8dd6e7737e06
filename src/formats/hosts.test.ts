import { describe, expect, test } from 'vitest';
import { issuerOf, literalTarget, mailboxIn, mailDomains } from './hosts.ts';
import { roleOf } from './roles.ts';
import { branch, withoutBranches } from './tree.ts';

test.each([
  ['https://token.actions.githubusercontent.com', 'token.actions.githubusercontent.com'],
  ['https://Token.actions.githubusercontent.com/', 'token.actions.githubusercontent.com'],
  ['https://token.actions.githubusercontent.com/acme-corp', 'token.actions.githubusercontent.com/acme-corp'],
  ['https://login.example/Tenant/v2.0/?key=1#x', 'login.example/Tenant/v2.0'],
  ['https://user:word@login.example/a', 'login.example/a'],
  ['', undefined],
  [null, undefined],
])('the issuer at %s is %s', (url, issuer) => {
  expect(issuerOf(url)).toBe(issuer);
});

describe('literalTarget', () => {
  test.each([
    ['https://Api.Example.com/v1?key=1', 'https api.example.com'],
    ['http://user:{{1.pass}}@api.example.com:8080', 'http api.example.com'],
    ['wss://10.0.0.1/socket', 'wss 10.0.0.1'],
    ['https://bücher.example/', 'https xn--bcher-kva.example'],
  ])('%s', (url, target) => {
    const { scheme, host } = literalTarget(url) ?? {};
    expect(`${scheme} ${host}`).toBe(target);
  });

  test.each([
    [''],
    ['{{1.url}}'],
    ['https://'],
    ['https://{{1.host}}/x'],
    ["https://@{variables('h')}.example/"],
    ["https://#{_dp('{}')}/"],
    ['https://a.example{{1.b}}/'],
    ['mailto:a@b.example'],
    [7],
    [null],
  ])('%s names no host', (url) => {
    expect(literalTarget(url)).toBeUndefined();
  });
});

test('a label names an account only when it holds one address', () => {
  expect(mailboxIn('My Google (Ada.Maker@acme.example)')).toBe('ada.maker@acme.example');
  expect(mailboxIn('a@acme.example and b@acme.example')).toBeUndefined();
  expect(mailboxIn('Team @ Acme')).toBeUndefined();
  expect(mailboxIn(undefined)).toBeUndefined();
});

test('domains of recipients are listed once; expressions have none', () => {
  expect(mailDomains('a@x.example; b@X.example, c@y.example')).toEqual(['x.example', 'y.example']);
  expect(mailDomains("@{triggerBody()?['mail']}; {{1.email}}")).toEqual([]);
});

test.each([
  ['GetItems', 'source'],
  ['search_sobjects', 'source'],
  ['SendEmailV2', 'sink'],
  ['ActionSendData', 'sink'],
  ['createATweet', 'sink'],
  ['Blueprint', undefined],
  [undefined, undefined],
])('%s is %s', (operation, role) => {
  expect(roleOf(operation)).toBe(role);
});

test('a document divides into branches at their pointers, and a rest', () => {
  const tree = { a: [{ b: 1 }, { b: 2 }], c: 3 };
  expect(branch(tree, ['a', 1])).toEqual({ a: { 1: { b: 2 } } });
  expect(
    withoutBranches(tree, [
      ['a', 0],
      ['a', 1],
    ]),
  ).toEqual({ a: { 0: null, 1: null }, c: 3 });
  expect(withoutBranches(tree, [])).toBe(tree);
});
