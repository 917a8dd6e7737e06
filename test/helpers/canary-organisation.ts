import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { example as n8nExample } from '../../src/formats/n8n/example.ts';
import { kindsOfSecret, type Nursery, type Sample } from './canaries.ts';
import { inAgents, inLine, inPipelines, inSteps, type Known, type Put, type Unknown } from './canary-steps.ts';
import { zipOf } from './zip.ts';

const inName = ({ text }: Sample): boolean => text.length < 150 && !/[/\0\n\\]/.test(text);
const inCell = ({ text }: Sample): boolean => !/[\n",;|\t]/.test(text);
const inWord = ({ text }: Sample): boolean => !/[\s"',;|#]/.test(text);

/** An organisation's exports with a secret in every place that anybody ever pasted one into. */
export function layOutCanaries(folder: string, { known, unknown }: Nursery): void {
  const put: Put = (path, content) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  inPlainText(put, known);
  inNamesOfFiles(put, known);
  inSteps(put, known, unknown);
  inAgents(put, known, unknown);
  inPipelines(put, known, unknown);
  inWhatIsBroken(put, known, unknown);
  inArchives(put, known, unknown);
  inLists(put, known, unknown);
  inRepository(join(folder, 'repository'), put, known);
}

/** Every kind of secret in every kind of text. */
function inPlainText(put: Put, known: Known): void {
  const frames: { readonly [file: string]: (text: string) => string } = {
    'notes.md': (text) => `- ${text}`,
    '.env': (text) => text,
    'app.js': (text) => `// ${text}`,
    'page.xml': (text) => `<!-- ${text} -->`,
  };
  for (const [file, frame] of Object.entries(frames)) {
    const lines = Array.from({ length: kindsOfSecret }, () => frame(known(`text of ${file}`).text));
    put(`text/${file}`, lines.join('\n'));
  }
  const list = Array.from({ length: kindsOfSecret }, (_, at) => ({ [`field${at}`]: known('unknown JSON').text }));
  put('text/some.json', JSON.stringify(list));
  put(
    'text/more.json',
    JSON.stringify(Object.fromEntries(list.map((_, at) => [known('key of unknown JSON').text, at]))),
  );
}

function inNamesOfFiles(put: Put, known: Known): void {
  for (let at = 0; at < 40; at++) {
    put(`names/${known('file name', inName).text}.json`, n8nExample.text);
    put(`names/${known('folder name', inName).text}/flow.json`, n8nExample.text);
    put(`names/${known('name of a broken file', inName).text}.json`, '{"a": ');
    put(`names/${known('name of an unreadable archive', inName).text}.zip`, 'PK\x03\x04 no archive');
  }
}

/** What cannot be parsed is told, and telling must not quote it. */
function inWhatIsBroken(put: Put, known: Known, unknown: Unknown): void {
  for (let at = 0; at < 12; at++) {
    put(
      `broken/${at}.json`,
      `{"name": "x", "token": "${unknown('broken JSON')}", ${known('at the error in JSON').text}`,
    );
    put(
      `broken/${at}.yaml`,
      `name: x\ntoken: ${unknown('broken YAML')}\n  bad: [${known('at the error in YAML').text}\n: :`,
    );
    put(`broken/.github/workflows/x${at}.yml`, `on: push\njobs:\n  a:\n   - {${unknown('broken pipeline')}\n`);
    put(`broken/${at}-cut.json`, n8nExample.text.slice(0, 900) + JSON.stringify(known('cut JSON').text));
    put(`broken/${at}-people.csv`, `id,emails\n1,"${known('broken CSV', inLine).text}\n`);
  }
  put('broken/deep.json', `${'['.repeat(2_000)}"${unknown('too deep')}"${']'.repeat(2_000)}`);
  put(
    'broken/wrong.json',
    JSON.stringify({
      nodes: 7,
      connections: known('where a list belongs').text,
      name: unknown('where a list belongs'),
    }),
  );
  put('broken/utf16.json', Buffer.from(`\uFEFF{"token": "${unknown('UTF-16')}", ${known('UTF-16').text}`, 'utf16le'));
}

function inArchives(put: Put, known: Known, unknown: Unknown): void {
  const members = Array.from({ length: 10 }, () => [
    { name: `${known('member name', inName).text}.json`, content: n8nExample.text },
    {
      name: `dir/${known('name of a broken member', inName).text}.json`,
      content: `{"x": "${unknown('broken member')}"`,
    },
    { name: `../${known('name of a member that escapes', inName).text}`, content: known('member that escapes').text },
    { name: known('name of an encrypted member', inName).text, content: 'x', encrypted: true },
    { name: known('name of a link', inName).text, content: known('target of a link').text, link: true },
  ]).flat();
  const inner = zipOf([
    { name: `${known('name in the inner archive', inName).text}.txt`, content: known('inner archive').text },
  ]);
  put(
    'archives/all.zip',
    zipOf([...members, { name: 'notes.txt', content: known('member').text }, { name: 'inner.zip', content: inner }]),
  );
  const cut = zipOf([
    { name: `${known('name in a cut archive', inName).text}.txt`, content: known('cut archive').text },
  ]);
  put('archives/cut.zip', cut.subarray(0, cut.length - 12));
}

/** Lists that people keep by hand; at the root of the folder they are sources of their own. */
function inLists(put: Put, known: Known, unknown: Unknown): void {
  const cell = (place: string): string => known(place, inCell).text;
  put(
    'people.csv',
    [
      'id,name,emails,manager,status,teams,aliases',
      `1,Ada ${cell('person name')},ada@acme.example,2,active,Finance ${cell('team')},ada`,
      `2,Bob,bob@acme.example,${cell('manager')},active,HR,${cell('alias')}`,
      `${cell('person id')},Cy,cy@acme.example,,active,,`,
      `4,Di,${unknown('bad e-mail')},,${unknown('bad status')},,`,
      `5,Ed,ed@acme.example,,active,x,y,${unknown('surplus cell')}`,
    ].join('\n'),
  );
  put(
    'attested.yaml',
    JSON.stringify({
      items: [
        {
          platform: 'docusign',
          type: 'integration-key',
          name: known('attested name').text,
          id: known('attested id', inWord).text,
          owner: known('attested owner', inWord).text,
          scopes: known('attested scopes').text,
          notes: known('attested notes').text,
          evidence: unknown('attested evidence'),
        },
        {
          platform: known('attested platform', ({ text }) => text.length <= 60).text,
          type: 'api-key',
          name: 'Second',
          owner: 'ada@acme.example',
          notes: `the key is ${unknown('attested notes')}`,
        },
        { platform: 'adobe', type: unknown('attested type'), name: 'Third', expires: unknown('attested date') },
        {
          platform: 'adobe',
          type: 'webhook',
          name: 'Fourth',
          host: `https://hooks.acme.example/${unknown('attested host path')}`,
        },
        known('attested item that is no row').text,
      ],
    }),
  );
}

/** A clone whose remote, authors and code owners carry secrets. */
function inRepository(folder: string, put: Put, known: Known): void {
  const owners = Array.from(
    { length: 8 },
    () => `*.json @${known('CODEOWNERS', inWord).text} # ${known('comment in CODEOWNERS', inLine).text}`,
  );
  put('repository/CODEOWNERS', owners.join('\n'));
  put('repository/flow.json', n8nExample.text);
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  git('init', '--quiet');
  git('remote', 'add', 'origin', `https://robot:${known('git remote', inWord).secret}@git.acme.example/x.git`);
  git('config', 'user.name', `Ada ${known('git author', inLine).text}`);
  git('config', 'user.email', `ada+${known('git e-mail', inWord).text}@acme.example`);
  git('add', '.');
  git(
    'commit',
    '--quiet',
    '--no-verify',
    '-m',
    `Add\n\nReviewed-by: ${known('git trailer', inLine).text} <bob@acme.example>`,
  );
}
