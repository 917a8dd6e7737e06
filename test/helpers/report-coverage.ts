import type { BlindSpot, CheckCoverage, Coverage } from '../../src/core/coverage.ts';

/** Coverage of a scan that went well for the most part. */
export function coverageOf(
  checks: readonly string[],
  sources: readonly string[],
): { coverage: readonly Coverage[]; checkCoverage: readonly CheckCoverage[]; blindSpots: readonly BlindSpot[] } {
  const whole = (source: string, stream: string, items: number, quarantined = 0): Coverage => ({
    source,
    stream,
    outcome: 'complete',
    items,
    quarantined,
  });
  return {
    coverage: [
      whole('files:automation-exports', 'documents', 214, 2),
      whole('n8n:production', 'workflows', 96),
      whole('n8n:production', 'credentials', 71),
      whole('github:acme', 'repositories', 48),
      {
        source: 'github:acme',
        stream: 'audit-log',
        outcome: 'skipped',
        reason: 'not-licensed',
        detail: 'The organisation’s plan has no audit log; creators come from git history instead.',
        items: 0,
        quarantined: 0,
      },
      {
        source: 'docusign:eu',
        stream: 'integration-keys',
        outcome: 'partial',
        reason: 'rate-limited',
        detail: 'DocuSign asked us to wait for 50 minutes after 3 of 5 pages; the next scan goes on there.',
        items: 31,
        quarantined: 0,
      },
      {
        source: 'docusign:eu',
        stream: 'consents',
        outcome: 'failed',
        reason: 'permission',
        detail: 'DocuSign refused with 403: grant the scope organization_read to the integration.',
        items: 0,
        quarantined: 0,
      },
      whole('attested:keys', 'entries', 23),
      whole('people:directory', 'people', 64),
    ],
    checkCoverage: checks.flatMap((check, at) =>
      sources.map((source, place) => ({
        check,
        source,
        pass: 40 + at * 3 + place,
        fail: (at * 5 + place) % 9,
        unknown: at % 3 === 0 ? (place * 4) % 7 : 0,
        because:
          at % 3 === 0 && (place * 4) % 7 > 0
            ? [{ reason: 'The platform does not tell when a credential was last used', count: (place * 4) % 7 }]
            : [],
      })),
    ),
    blindSpots: [
      {
        source: 'files:automation-exports',
        stream: 'documents',
        subject: 'archive/2019/legacy.zip!/flows.json',
        reason: 'encrypted',
        detail: 'The archive is encrypted; unpack it beside the exports.',
      },
      {
        source: 'files:automation-exports',
        stream: 'documents',
        subject: 'make/supplier-sync.json',
        reason: 'unparsable',
        detail: 'Line 214, column 9: a comma or bracket is missing.',
      },
      {
        source: 'n8n:production',
        stream: 'workflows',
        subject: 'workflow 381',
        reason: 'schema',
        detail: 'nodes.4.parameters is no object; the rest of the page was kept.',
      },
    ],
  };
}
