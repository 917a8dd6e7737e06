import { formats } from '../../../src/formats/index.ts';
import { exampleDocument } from '../../../src/formats/document.ts';
import { kinds, type Format } from '../../../src/sdk/index.ts';
import { code, page, plain, table } from '../markdown.ts';

/** docs/reference/formats.md; `sources` finds the file that declares a format. */
export function formatsPage(sources: ReadonlyMap<string, string>): string {
  return page(
    'Export formats',
    'src/formats',
    `${formats.length} formats are recognised by their content, not by a file's ending. Each is read into one graph of steps, connections, edges and triggers. A file that no format recognises is scanned for secrets as text; a picture, an office file, a program, or a platform’s list that none of them reads is named in the coverage.`,
    table(
      ['Format', 'What it is', 'Platform', 'Its example yields'],
      formats.map((format) => [
        link(format, sources.get(format.id)),
        plain(format.title),
        format.platform,
        yields(format),
      ]),
    ),
  );
}

function link(format: Format, source: string | undefined): string {
  return source === undefined ? code(format.id) : `[${format.id}](../../${source})`;
}

function yields(format: Format): string {
  const { items } = format.parse(exampleDocument(format.example));
  return kinds.filter((kind) => items.some(({ record }) => record.kind === kind)).join(', ');
}
