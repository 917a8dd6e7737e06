import { expect, test } from 'vitest';
import { areOnESignature, isESignature, isOnESignature } from './esignature.ts';
import { anEndpoint, anIdentity } from './examples.ts';

test.each(['docusign', 'DocuSign', ' Adobe Sign ', 'adobe_acrobat_sign', 'Zoho  Sign'])('%o is one', (name) => {
  expect(isESignature(name)).toBe(true);
});

test.each(['signal', 'sign', 'docusign-clone', ''])('%o is none', (name) => {
  expect(isESignature(name)).toBe(false);
});

test('all of them, none, or nobody knows', () => {
  const [signs, chats] = [anIdentity({ platform: 'docusign' }), anIdentity({ platform: 'slack' })];
  expect(areOnESignature([signs, anEndpoint({ platform: 'PandaDoc' })])).toBe(true);
  expect(areOnESignature([signs, anIdentity()])).toBeUndefined();
  expect(areOnESignature([anIdentity(), chats])).toBe(false);
  expect(areOnESignature([])).toBe(false);
  expect(isOnESignature({ kind: 'person', id: 'p', name: 'Ada', status: 'active' })).toBeUndefined();
});
