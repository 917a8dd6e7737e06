import { formats, tables, type ReportFormat } from '../../../src/publish/publish.ts';
import { code, page, table } from '../markdown.ts';

const about: Record<ReportFormat, { for: string; holds: string }> = {
  html: {
    for: 'people, on screen and in print',
    holds:
      'one file without any network access: summary, what the scan could not see, findings with evidence, risks, inventory, people, method',
  },
  csv: {
    for: 'spreadsheets',
    holds: `one table at a time (\`--what\`: ${tables.join(', ')}); a cell that a spreadsheet would run as a formula is defused`,
  },
  json: { for: 'other programs', holds: 'everything, one object' },
  sarif: {
    for: 'code scanning in CI',
    holds: 'SARIF 2.1.0: open findings with location, rule, severity and fingerprint',
  },
  markdown: { for: 'pull requests and tickets', holds: 'a summary with the worst findings' },
  ir8286: { for: 'enterprise risk registers', holds: 'the risks as a NIST IR 8286 register in JSON' },
};

/** docs/reference/report-formats.md */
export function reportsPage(): string {
  return page(
    'Report formats',
    'src/publish/publish.ts',
    '`rollcall report --format FORMAT --out FILE` writes the register as a document. Without `--out` it goes to standard output. The same register and the same time give the same bytes.',
    table(
      ['Format', 'For', 'Holds'],
      formats.map((format) => [code(format), about[format].for, about[format].holds]),
    ),
    'Every report says what the scan could not see.',
  );
}
