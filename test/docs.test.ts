import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, parse } from 'yaml';
import { connectors } from '../connectors/index.ts';
import { checks } from '../scanners/checks/index.ts';
import { detectors } from '../scanners/secrets/index.ts';
import { policyNames } from '../src/config/policy.ts';
import { formats } from '../src/formats/index.ts';
import { formats as reportFormats } from '../src/publish/publish.ts';
import { kinds } from '../src/sdk/index.ts';
import { pages } from '../tools/gen/pages.ts';
import { anchor } from '../tools/gen/markdown.ts';
import { examples } from '../src/cli/examples.ts';
import { program } from '../tools/gen/reference/cli.ts';
import { followed } from '../tools/gen/transcript.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const reference = (name: string): string => read(`docs/reference/${name}.md`);
const markdown = globSync(['*.md', 'docs/**/*.md', 'connectors/**/*.md'], { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .toSorted();
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
const commands = program().commands;

describe('the reference', () => {
  test('is what npm run gen would write', async () => {
    const stale = (await pages(root)).filter(({ path, text }) => !existsSync(join(root, path)) || read(path) !== text);
    expect(
      stale.map(({ path }) => path),
      'run: npm run gen',
    ).toEqual([]);
  });

  test.each(commands.map((command) => [command.name(), command] as const))(
    'has %s with every option',
    (name, command) => {
      const section = reference('cli')
        .split(/^## /m)
        .find((part) => part.startsWith(`${name}\n`));
      expect(section).toBeDefined();
      for (const option of command.options) expect(section).toContain(`\`${option.flags}\``);
      for (const argument of command.registeredArguments) expect(section).toContain(`\`${argument.name()}\``);
    },
  );

  test('has every check, detector, format, connector, report, policy and kind of record', () => {
    for (const { id } of checks) expect(reference('checks')).toContain(`\n## ${id}: `);
    for (const { id } of detectors) expect(reference('detectors')).toContain(`[${id}](`);
    for (const { id } of formats) expect(reference('formats')).toContain(`[${id}](`);
    for (const id of Object.keys(connectors)) expect(reference('connectors')).toContain(`[${id}](connectors/${id}.md)`);
    for (const id of reportFormats) expect(reference('report-formats')).toContain(`| \`${id}\` |`);
    for (const id of policyNames()) expect(reference('configuration')).toContain(`[${id}](`);
    for (const id of kinds) expect(reference('records')).toContain(`\n## ${id}\n`);
  });
});

describe('the page of a connector', () => {
  const written = globSync('docs/reference/connectors/*.md', { cwd: root });

  test.each(written)('%s names each address once in a stream, and says what each scope is for', (file) => {
    const text = read(file);
    for (const [, asked = ''] of text.matchAll(/^- \*\*Asks:\*\* (`.+)$/gm))
      expect(asked.split(', ')).toEqual([...new Set(asked.split(', '))]);
    const scopes = fenced(text, 'text').flatMap((block) => block.split('\n').filter((line) => /^[\w.:]+$/.test(line)));
    const prose = text.replaceAll(/^```[^]*?^```$/gm, '');
    expect(scopes.filter((scope) => !prose.includes(scope))).toEqual([]);
  });
});

describe('the help', () => {
  test.each(commands.map((command) => [command.name(), command] as const))(
    'of %s says what each word is, and shows one to paste',
    (name, command) => {
      for (const { description } of [...command.options, ...command.registeredArguments])
        expect(description).not.toBe('');
      expect(examples[name]?.length ?? 0).toBeGreaterThan(0);
      for (const line of examples[name] ?? []) expect(line).toMatch(new RegExp(`^rollcall ${name}\\b`));
    },
  );
});

describe('links', () => {
  test.each(markdown)('of %s lead somewhere', (file) => {
    const broken = linksIn(read(file)).filter((link) => !leads(file, link));
    expect(broken).toEqual([]);
  });

  test('a broken one is noticed', () => {
    expect(leads('README.md', 'docs/nowhere.md')).toBe(false);
    expect(leads('README.md', 'ARCHITECTURE.md#no-such-part')).toBe(false);
    expect(leads('docs/adr/0001-x.md', '../../SECURITY.md#the-key')).toBe(true);
  });
});

describe('the README', () => {
  test('begins with the two commands, and they exist', () => {
    const blocks = shellBlocks(read('README.md'));
    expect(blocks.slice(0, 2)).toEqual([['npm ci && npm start'], ['npm ci && npm test']]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']));
  });

  test('counts what there is, and follows one finding', () => {
    expect(read('README.md')).toContain(`[${checks.length} checks](docs/reference/checks.md)`);
    expect(read('README.md')).toContain(`npx rollcall show ${followed}`);
  });
});

describe('the guides', () => {
  const guides = globSync('docs/guides/*.md', { cwd: root });

  test.each(guides)('%s names checks that there are', (file) => {
    const ids = new Set(checks.map(({ id }) => id));
    const named = [...read(file).matchAll(/\b[A-Z]{3}-\d{2}\b/g)].map(([id]) => id);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('the one on platforms leads to every connector, and quotes what the program says', () => {
    const guide = read('docs/guides/platforms.md');
    const unled = Object.keys(connectors).filter((id) => !guide.includes(`connectors/${id}`));
    expect(unled, 'a row for each of these is missing').toEqual([]);
    const [, table = ''] = guide.split('\n| It says | Do |\n');
    const quoted = [...table.matchAll(/^\| `(.+?)` \|/gm)].map(([, words = '']) => words);
    const program = globSync(['src/{cli,collect,config,sdk,secrets}/**/*.ts', 'connectors/*/index.ts'], { cwd: root })
      .map(read)
      .join('\n');
    expect(quoted.length).toBeGreaterThan(10);
    expect(quoted.filter((words) => !program.includes(words))).toEqual([]);
  });

  test('the one on eSignature answers each of its questions once', () => {
    const asked = [...read('docs/guides/esignature.md').matchAll(/^\| E(\d+) \|/gm)].map(([, number]) =>
      Number(number),
    );
    expect(asked.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 39 }, (_, index) => index + 1));
  });
});

describe('commands that are shown', () => {
  const shown = ['README.md', 'CONTRIBUTING.md'].flatMap((file) =>
    shellBlocks(read(file))
      .flat()
      .flatMap((line) => line.split(' && '))
      .map((line) => [line] as const),
  );

  const helped = Object.values(examples).flatMap((lines) => lines.map((line) => [`npx ${line}`] as const));

  test.each([...shown, ...helped])('%s', (line) => {
    expect(wrongWith(line)).toBeUndefined();
  });

  test('a wrong one is noticed', () => {
    expect(wrongWith('npx rollcall scna x')).toBe('there is no command scna');
    expect(wrongWith('npx rollcall scan --fial-on high')).toBe('scan has no option --fial-on');
    expect(wrongWith('npm run fmt')).toBe('there is no script fmt');
  });
});

describe('data files', () => {
  const yaml = globSync(['config/**/*.yaml', 'examples/**/*.{yaml,yml}'], { cwd: root });
  const json = globSync(['config/**/*.json', 'examples/**/*.json', 'examples/**/.mcp.json'], { cwd: root });

  test('are there', () => {
    expect(yaml.length).toBeGreaterThan(10);
    expect(json.length).toBeGreaterThan(5);
  });
  test.each(yaml)('%s is YAML', (file) => {
    const documents = parseAllDocuments(read(file));
    expect('empty' in documents ? [] : documents.flatMap(({ errors }) => errors)).toEqual([]);
  });
  test.each(json)('%s is JSON', (file) => {
    expect(() => void JSON.parse(read(file))).not.toThrow();
  });
  test('the workflow in the README is one', () => {
    const [block = ''] = fenced(read('README.md'), 'yaml');
    expect(parse(block)).toMatchObject({ on: 'pull_request', jobs: { rollcall: { steps: expect.anything() } } });
  });
});

describe('decisions', () => {
  const adrs = globSync('docs/adr/*.md', { cwd: root }).toSorted();

  test('are numbered without a gap', () => {
    const numbers = adrs.map((path) => Number(/(\d{4})-/.exec(path)?.[1]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
  test.each(adrs)('%s has the three headings and fits a page', (file) => {
    const text = read(file);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ]);
    expect(text).toMatch(/^# \d+\. .+\n\nStatus: (?:proposed|accepted|superseded by .+)\n/);
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(500);
  });
});

/** Targets of Markdown and HTML links, without those of other sites, and without what stands in code. */
function linksIn(text: string): string[] {
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  const found = [...prose.matchAll(/\]\(([^)\s]+)\)/g), ...prose.matchAll(/(?:src|srcset|href)="([^"]+)"/g)];
  return found.map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));
}

function leads(from: string, link: string): boolean {
  const [path = '', part] = link.split('#');
  const target = path === '' ? from : normalize(join(dirname(from), path)).replaceAll('\\', '/');
  if (!existsSync(join(root, target))) return false;
  if (part === undefined || !target.endsWith('.md')) return true;
  return [...read(target).matchAll(/^#+ (.+)$/gm)].some(([, heading = '']) => anchor(heading) === part);
}

function fenced(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);
}

function shellBlocks(text: string): string[][] {
  return fenced(text, 'sh').map((block) => block.trim().split('\n'));
}

/** What is wrong with a command line in the documentation, in a sentence. */
function wrongWith(line: string): string | undefined {
  const [tool, first = '', second = '', ...rest] = line.split(' ');
  if (tool === 'npm') {
    if (['ci', 'install', 'pack'].includes(first)) return undefined;
    const script = first === 'run' ? second : first;
    return Object.hasOwn(scripts, script) ? undefined : `there is no script ${script}`;
  }
  if (tool !== 'npx' || first !== 'rollcall') return `neither npm nor npx rollcall: ${line}`;
  const command: Command | undefined = commands.find((known) => known.name() === second);
  if (!command) return `there is no command ${second}`;
  const strange = rest
    .filter((word) => word.startsWith('--'))
    .find((word) => !command.options.some(({ long }) => long === word));
  return strange === undefined ? undefined : `${second} has no option ${strange}`;
}
