import type { Holdings } from './report-store.ts';
import { organisation } from './register.ts';

/** Text that tries to act in every face that shows it. */
export const hostile = [
  '=HYPERLINK("https://evil.example","x")',
  ' \t@SUM(1+1)*cmd|"/c calc"!A0',
  '＝1+1',
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  '"><svg onload=alert(3)>',
  '\u001B]0;owned\u0007\u001B[31mred\u001B[2J',
  'invoice\u202Efdp.exe\u2066',
  'first\r\nsecond\u2028third',
  '[click](javascript:alert(4)) | cell | `code` @acme/admins #1 https://evil.example www.evil.example',
  '</style></title><!-- --',
  '\uD800 lone',
  "'; DROP TABLE findings; --",
] as const;

/** The organisation with hostile text wherever text from outside can stand. */
export function hostileOrganisation(): Holdings {
  const holdings = organisation(hostile.length * 3);
  const word = (at: number) => hostile[at % hostile.length] as string;
  return {
    ...holdings,
    people: holdings.people.map((one, at) => ({ ...one, name: word(at), email: word(at + 1) })),
    findings: holdings.findings.map((one, at) => ({
      ...one,
      id: at % 4 === 0 ? `F-${at}${word(at)}` : one.id,
      check: at % 5 === 0 ? word(at) : one.check,
      title: word(at),
      initiative: word(at + 3),
      ownerReason: word(at),
      subject: { ...one.subject, id: word(at), name: word(at + 1), source: word(at + 2) },
      severityReasons: [{ step: 1, because: word(at) }],
      evidence: [
        {
          fact: word(at),
          value: word(at + 1),
          source: word(at + 2),
          ...(at % 3 > 0 && {
            at: { path: word(at), line: 3, step: word(at + 1), field: word(at + 2), pointer: word(at) },
          }),
        },
      ],
      assignee: word(at),
    })),
    risks: holdings.risks.map((one, at) => ({
      ...one,
      title: word(at),
      initiativeName: word(at + 1),
      treatmentPlan: word(at + 2),
    })),
    decisions: holdings.decisions.map((one, at) => ({ ...one, reason: word(at), requestedBy: word(at + 1) })),
    owned: holdings.owned.map((one, at) => ({ ...one, name: word(at) })),
    records: holdings.records.map(({ source, record }, at) => ({
      source: at % 2 ? word(at) : source,
      record: { ...record, name: word(at) },
    })),
    coverage: holdings.coverage.map((one, at) => ({
      ...one,
      source: word(at),
      stream: word(at + 1),
      detail: word(at + 2),
    })),
    checkCoverage: holdings.checkCoverage.map((one, at) => ({
      ...one,
      source: word(at),
      because: one.because.map((reason) => ({ ...reason, reason: word(at) })),
    })),
    blindSpots: holdings.blindSpots.map((one, at) => ({
      ...one,
      subject: word(at),
      detail: word(at + 1),
      source: word(at + 2),
    })),
  };
}
