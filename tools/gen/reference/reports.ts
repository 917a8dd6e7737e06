import { members } from '../../../src/publish/json.ts';
import { columns, formats, tables, type ReportFormat } from '../../../src/publish/publish.ts';
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
    holds:
      'SARIF 2.1.0: open findings with location, rule, severity and fingerprint; those that people accepted or refuted are suppressed',
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
    '## JSON',
    'One object. Times are ISO 8601 in UTC; ids of people are those of `rollcall owners --json`.',
    table(
      ['Member', 'Holds'],
      Object.entries(members).map(([name, holds]) => [code(name), holds]),
    ),
    '## CSV',
    'RFC 4180 in UTF-8 with a byte order mark, every cell in quotes. A cell that would be a formula has an apostrophe in front. Later columns may be added at the end.',
    table(
      ['Table', 'Columns'],
      tables.map((name) => [code(name), columns[name].map(code).join(', ')]),
    ),
    '## SARIF',
    'Version 2.1.0. Files are named from the root of the repository around the configuration, and for `rollcall check` around the folder that it is called in; what lies outside of it goes by its name in the source, and what is no file by a path under `nhi/`. `partialFingerprints` stay the same while the cause does.',
  );
}
