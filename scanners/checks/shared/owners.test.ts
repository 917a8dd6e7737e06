import { expect, test } from 'vitest';
import type { Example } from '../../../src/sdk/index.ts';
import { runExample } from '../../../src/sdk/testing.ts';
import { ownerNotAPerson } from '../ownership/owner-not-a-person.ts';
import { aClaim, aCredential, anIdentity, aWorkflow, ownedBy } from './examples.ts';
import { aPart } from './parts.ts';

type Case = Example<'workflow' | 'identity' | 'credential', Record<string, unknown>>;

const bot = anIdentity({ id: 'bot', type: 'bot' });
const ofApp = [{ rel: 'uses', record: anIdentity({ id: 'app', type: 'oauth-app' }) }] as const;
const byWorkflow = [{ rel: 'uses', record: aWorkflow({ id: 'caller' }) }] as const;
const byRegistration = [{ rel: 'uses', record: anIdentity({ id: 'reg', type: 'app-registration' }) }] as const;
const ofPlace = ownedBy(aClaim({ basis: 'container-owner' }));

/** Whoever answers for a workflow, an app or an identity answers for what has no owner but theirs. */
test.each<Case>([
  { name: 'a key that a workflow uses, of nobody', subject: aCredential(), in: byWorkflow },
  {
    name: 'a key that a workflow uses, of the owner of the place',
    subject: aCredential(),
    in: byWorkflow,
    ownership: ofPlace,
  },
  {
    name: 'an agent that is drawn in a workflow',
    subject: anIdentity(),
    out: [{ rel: 'contained-in', record: aWorkflow() }],
  },
  {
    name: 'a key of an identity on the roll',
    subject: aCredential(),
    out: [{ rel: 'authenticates', record: anIdentity() }],
  },
  { name: 'the bot of an app', subject: bot, out: ofApp, ownership: ofPlace },
  { name: 'what a registration acts as', subject: anIdentity(), in: byRegistration },
  {
    name: 'the bot of an app that somebody reviewed',
    subject: { ...bot, attributions: [aPart('reviewed-by', 'ada@acme.example')] },
    out: ofApp,
  },
])('is asked elsewhere: $name', (example) => {
  expect(runExample(ownerNotAPerson, example)).toEqual([]);
});

test.each<Case>([
  { name: 'a workflow that another one calls', subject: aWorkflow(), in: byWorkflow },
  { name: 'a key with an owner of its own', subject: aCredential(), in: byWorkflow, ownership: ownedBy(aClaim()) },
  { name: 'a key that nothing uses', subject: aCredential() },
  { name: 'a bot of no app', subject: bot },
  { name: 'an account that is let use another', subject: anIdentity(), out: ofApp },
  { name: 'a key that the registration of an app uses', subject: aCredential(), in: byRegistration },
  {
    name: 'the bot of an app, whose owner the configuration names',
    subject: bot,
    out: ofApp,
    ownership: ownedBy(aClaim({ basis: 'mapping' })),
  },
  {
    name: 'the bot of an app, whose owner has confirmed it',
    subject: bot,
    out: ofApp,
    ownership: ownedBy(aClaim({ basis: 'confirmed' })),
  },
  ...(['owned-by', 'created-by', 'edited-by'] as const).map((rel) => ({
    name: `the bot of an app, ${rel} somebody itself`,
    subject: { ...bot, attributions: [aPart(rel, 'ada@acme.example')] },
    out: ofApp,
  })),
])('is asked itself: $name', (example) => {
  expect(runExample(ownerNotAPerson, example)).toHaveLength(1);
});
