import { z } from 'zod';
import { defineCheck, notApplicable, pass, unknown, type Identity } from '../../../src/sdk/index.ts';
import { holderCircumstances } from '../shared/circumstances.ts';
import { dated, fact } from '../shared/evidence.ts';
import { anIdentity, daysAgo } from '../shared/examples.ts';
import { missing } from '../shared/missing.ts';

/** What other people publish and an organisation lets in; servers of tools are AGT-06's. */
const apps: ReadonlySet<Identity['type']> = new Set(['oauth-app', 'app-registration', 'integration', 'bot']);
const app = anIdentity({ type: 'oauth-app', name: 'Quick Merge', thirdParty: true });

/** TPI-01: nobody has checked who stands behind an app that holds tokens. */
export const unverifiedPublisher = defineCheck({
  id: 'TPI-01',
  version: 1,
  title: 'A third-party app by an unverified or unknown publisher',
  over: ['identity'],
  severity: 'medium',
  rationale: 'An unvetted supplier holds tokens of the organisation. High when it is privileged.',
  confidence: 'high',
  remediation: 'Find out who publishes it and whether somebody needs it; remove it where nobody can say.',
  references: ['https://learn.microsoft.com/entra/identity-platform/publisher-verification-overview'],
  controls: {
    'owasp-nhi-2025': ['NHI3:2025'],
    'nist-csf-2.0': ['GV.SC-06', 'ID.RA-10'],
    'nist-sp-800-53-r5': ['SR-6', 'SA-9'],
    'nist-sp-800-207': ['ZT-4', 'ZT-5'],
    'owasp-cd-2026': ['CD-SEC-06'],
  },
  threat: 'third-party-compromise',
  params: z.strictObject({
    /** Publishers that somebody has checked, by the names that platforms give them. */
    known: z.array(z.string()).default([]),
  }),
  evaluate(identity, ctx) {
    const { publisher, thirdParty } = identity;
    if (!apps.has(identity.type) || identity.status === 'disabled' || thirdParty === false) return notApplicable;
    if (publisher?.verified === true) return pass;
    if (publisher !== undefined && ctx.params.known.includes(publisher.name)) return pass;
    if (thirdParty === undefined) return missing(identity, 'thirdParty', 'whether it belongs to another organisation');
    if (publisher === undefined) return missing(identity, 'publisher', 'who publishes it');
    if (publisher.verified === undefined) return unknown('The source does not say whether its publisher is verified.');
    return {
      is: 'fail',
      evidence: [
        fact('publisher', publisher.name, identity.at),
        fact('verified', false),
        ...dated('let in', identity.createdAt),
      ],
      circumstances: holderCircumstances(identity, ctx),
    };
  },
  examples: {
    fires: [
      {
        name: 'a live app of an unverified publisher',
        subject: { ...app, publisher: { name: 'Quick', verified: false }, createdAt: daysAgo(90) },
        severity: 'medium',
        tells: ['publisher: Quick', 'let in: 2026-03-03'],
      },
      {
        name: 'the same with a right to all files',
        subject: { ...app, publisher: { name: 'Quick', verified: false }, scopes: ['Files.Read.All'] },
        severity: 'high',
      },
    ],
    quiet: [
      { name: 'verified', subject: { ...app, publisher: { name: 'Acme Cloud', verified: true } } },
      {
        name: 'somebody has checked the publisher',
        subject: { ...app, publisher: { name: 'Quick', verified: false } },
        params: { known: ['Quick'] },
      },
      { name: 'an app of our own', subject: { ...app, thirdParty: false } },
      {
        name: 'a server of tools, which has a check of its own',
        subject: { ...app, type: 'mcp-server', publisher: { name: 'Quick', verified: false } },
      },
      { name: 'switched off', subject: { ...app, status: 'disabled' } },
    ],
    unknown: [
      {
        name: 'whose it is is not reported',
        subject: anIdentity({ type: 'oauth-app', publisher: { name: 'Quick', verified: false } }),
      },
      { name: 'the publisher is not reported', subject: { ...app, gaps: { publisher: 'not-supported' } } },
      { name: 'whether it is verified is not reported', subject: { ...app, publisher: { name: 'Quick' } } },
    ],
  },
});
