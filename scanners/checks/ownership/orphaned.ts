import { z } from 'zod';
import {
  defineCheck,
  notApplicable,
  pass,
  unknown,
  type CheckContext,
  type Circumstances,
  type Claim,
  type Endpoint,
  type RecordOf,
} from '../../../src/sdk/index.ts';
import { circumstancesOf, inProduction, isLive } from '../shared/circumstances.ts';
import { dated } from '../shared/evidence.ts';
import {
  aClaim,
  aConnection,
  aCredential,
  anEndpoint,
  anIdentity,
  aWorkflow,
  daysAgo,
  ownedBy,
} from '../shared/examples.ts';
import { accountable, askedElsewhere, isKeptForConnection, nobodyNamed, ownerFact } from '../shared/owners.ts';
import { aPart } from '../shared/parts.ts';
import { isSettled } from '../shared/subjects.ts';

type Subject = RecordOf<'workflow' | 'identity' | 'credential' | 'connection' | 'endpoint'>;

/** What somebody sets up on a platform and can forget; all others are parts of a workflow, which is asked itself. */
const standing: ReadonlySet<Endpoint['type']> = new Set(['event-webhook', 'public-link', 'form']);

const gone = aClaim({ person: 'person:bob@acme.example', name: 'Bob', state: 'left', leftAt: daysAgo(60) });
const consent = aCredential({ type: 'oauth-grant' });
const ofAnApp = [{ rel: 'authenticates', record: anIdentity() }] as const;
const maker: Claim = { ...gone, rel: 'created-by', basis: 'creator-field', confidence: 'medium' };

export const orphaned = defineCheck({
  id: 'OWN-02',
  version: 4,
  title: 'Everybody who answered for it has left',
  over: ['workflow', 'identity', 'credential', 'connection', 'endpoint'],
  reads: ['connection', 'credential', 'identity'],
  severity: 'high',
  rationale: 'It goes on working with nobody to rotate, review or stop it; improper offboarding leads the OWASP list.',
  confidence: 'high',
  remediation: 'Hand it over to somebody who is here, replace what the leaver could read, or switch it off.',
  references: ['https://owasp.org/www-project-non-human-identities-top-10/2025/1-improper-offboarding/'],
  controls: {
    'owasp-nhi-2025': ['NHI1:2025'],
    'nist-csf-2.0': ['PR.AA-01', 'PR.AA-05', 'GV.RR-04'],
    'nist-sp-800-53-r5': ['PS-4', 'AC-2', 'AC-2(3)'],
    'nist-sp-800-207': ['ZT-4', 'ZT-6'],
    'owasp-cd-2026': ['CD-SEC-09'],
  },
  threat: 'orphaned-access',
  gate: 'identity',
  params: z.strictObject({}),
  evaluate(record, ctx) {
    if (record.kind === 'endpoint' && !standing.has(record.type)) return notApplicable;
    if (isSettled(record, ctx.now) || isKeptForConnection(record, ctx)) return notApplicable;
    const claims = accountable(ctx.ownership);
    const { backup } = ctx.ownership;
    if (!isPersonal(record, claims) && askedElsewhere(record, ctx)) return notApplicable;
    if (claims.length === 0) return nobodyNamed;
    if ([...claims, backup].some((claim) => claim?.state === 'active')) return pass;
    if ([...claims, backup].some((claim) => claim?.state === 'unknown')) {
      return unknown('No people directory says for certain whether its owner is still here.');
    }
    return {
      is: 'fail',
      evidence: claims.flatMap((claim) => [
        ownerFact('answered for it', claim, record.at),
        ...dated('left', claim.leftAt),
      ]),
      circumstances: record.kind === 'endpoint' ? ofEndpoint(record, ctx) : circumstancesOf(record, ctx),
      confidence: claims.some(({ confidence }) => confidence === 'high') ? 'high' : 'medium',
    };
  },
  examples: {
    fires: [
      {
        name: 'a live webhook of somebody who has left',
        subject: anEndpoint({ state: 'active' }),
        ownership: ownedBy(gone),
        severity: 'high',
      },
      {
        name: 'a webhook that sends whole documents out of production',
        subject: anEndpoint({ state: 'active', payload: 'documents' }),
        ownership: ownedBy(gone),
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'a live workflow of a leaver',
        subject: aWorkflow(),
        ownership: ownedBy(gone),
        severity: 'high',
        tells: ['answered for it: Bob: named as owner (platform owner)', 'left: 2026-04-02'],
      },
      {
        name: 'a live workflow of two leavers, with an administrator’s account in production',
        subject: aWorkflow(),
        out: [{ rel: 'uses', record: anIdentity({ admin: true }) }],
        ownership: ownedBy(gone, { ...gone, person: 'person:eve@acme.example', name: 'Eve' }),
        environment: 'production',
        severity: 'critical',
      },
      {
        name: 'a draft of a leaver',
        subject: aWorkflow({ state: 'draft' }),
        ownership: ownedBy(gone),
        severity: 'low',
      },
      {
        name: 'an app on the roll that goes on in the name of somebody who has left',
        subject: consent,
        out: ofAnApp,
        ownership: ownedBy(gone),
        severity: 'high',
      },
      {
        name: 'one source names the leaver, another who made it',
        subject: aCredential({ type: 'oauth-token' }),
        out: ofAnApp,
        ownership: ownedBy(gone, { ...maker, person: 'person:eve@acme.example', name: 'Eve' }),
        severity: 'high',
      },
      {
        name: 'somebody has left who made it, and nobody else is known',
        subject: aWorkflow(),
        ownership: ownedBy(maker),
        severity: 'high',
      },
      {
        name: 'a leaver’s connection to everything, which all may use',
        subject: aConnection({ status: 'active', scopes: ['*'], sharedWith: { reach: 'everyone' } }),
        ownership: ownedBy(gone),
        severity: 'critical',
      },
      {
        name: 'what is kept for a connection that names nobody, and is used by a leaver’s workflow',
        subject: aCredential(),
        out: [{ rel: 'authenticates', record: aConnection() }],
        ownership: ownedBy({ ...gone, basis: 'container-owner', confidence: 'low' }),
        severity: 'high',
      },
      {
        name: 'a leaver’s connection of which nothing more is known',
        subject: aConnection(),
        ownership: ownedBy(gone),
        severity: 'medium',
      },
    ],
    quiet: [
      {
        name: 'a workflow of the platform’s own, in a repository of somebody who has left',
        subject: aWorkflow({ builtIn: true }),
        ownership: ownedBy(aClaim({ state: 'left' })),
      },
      {
        name: 'a webhook of somebody who is here',
        subject: anEndpoint({ state: 'active' }),
        ownership: ownedBy(aClaim()),
      },
      { name: 'its owner is here', subject: aWorkflow(), ownership: ownedBy(aClaim()) },
      { name: 'a co-owner is here', subject: aWorkflow(), ownership: ownedBy(gone, aClaim()) },
      { name: 'a backup is here', subject: aWorkflow(), ownership: ownedBy(gone, aClaim({ role: 'backup' })) },
      {
        name: 'the agent of a workflow, which is asked itself',
        subject: anIdentity(),
        in: [{ rel: 'uses', record: aWorkflow() }],
        ownership: ownedBy({ ...gone, basis: 'container-owner' }),
      },
      {
        name: 'a key of an app on the roll, which is asked itself',
        subject: aCredential(),
        out: ofAnApp,
        ownership: ownedBy(gone),
      },
      {
        name: 'a consent of which only its maker is known, on an app that is asked itself',
        subject: consent,
        out: ofAnApp,
        ownership: ownedBy(maker),
      },
      {
        name: 'a consent for a place, whose owner has left, on an app that is asked itself',
        subject: consent,
        out: ofAnApp,
        ownership: ownedBy({ ...gone, basis: 'container-owner' }),
      },
      {
        name: 'what is kept for a connection of the leaver, which is asked itself',
        subject: aCredential({ attributions: [aPart('owned-by', 'bob@acme.example')] }),
        out: [{ rel: 'authenticates', record: aConnection({ attributions: [aPart('owned-by', 'bob@acme.example')] }) }],
        ownership: ownedBy(gone),
      },
      { name: 'the trigger of a workflow', subject: anEndpoint({ type: 'webhook' }), ownership: ownedBy(gone) },
      { name: 'a revoked key of a leaver', subject: aCredential({ status: 'revoked' }), ownership: ownedBy(gone) },
    ],
    unknown: [
      { name: 'nobody is named', subject: aWorkflow() },
      {
        name: 'nobody knows in whose name an app acts',
        subject: consent,
        out: ofAnApp,
      },
      { name: 'no directory knows the owner', subject: aWorkflow(), ownership: ownedBy(aClaim({ state: 'unknown' })) },
      {
        name: 'one has left, the other is not known',
        subject: aWorkflow(),
        ownership: ownedBy(gone, aClaim({ state: 'unknown' })),
      },
    ],
  },
});

/** An app that acts in somebody's name: whoever answers for the app, that one has to be here. */
function isPersonal(record: Subject, claims: readonly Claim[]): boolean {
  const acts = record.kind === 'credential' && (record.type === 'oauth-grant' || record.type === 'oauth-token');
  const named = claims.some(({ rel, basis }) => rel === 'owned-by' && basis !== 'container-owner');
  return acts && (named || claims.length === 0);
}

function ofEndpoint(endpoint: Endpoint, ctx: CheckContext): Circumstances {
  const external = endpoint.payload === 'documents' || undefined;
  return { live: isLive(endpoint), production: inProduction(ctx.environment), external };
}
