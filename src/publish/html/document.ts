import { createHash } from 'node:crypto';
import { isoTime } from '../../core/time.ts';
import { policies } from '../facts.ts';
import type { Sources } from '../sources.ts';
import { survey, type Survey } from '../survey.ts';
import { findings } from './findings.ts';
import { inventory } from './inventory.ts';
import { markup, trusted, type Raw } from './markup.ts';
import { method } from './method.ts';
import { people } from './people.ts';
import { risks } from './risks.ts';
import { script } from './script.ts';
import { style } from './style.ts';
import { summary } from './summary.ts';
import { unseen } from './unseen.ts';

/** The parts of the report, in reading order. */
const parts = [
  ['summary', 'Summary'],
  ['unseen', 'What we could not see'],
  ['risks', 'Risk register'],
  ['findings', 'Findings'],
  ['inventory', 'Inventory'],
  ['people', 'People'],
  ['method', 'Method'],
] as const;

/** The whole report as one file that needs nothing from anywhere else. */
export async function* htmlReport(sources: Sources): AsyncGenerator<string> {
  const found = await survey(sources);
  yield head(found, sources).raw;
  for (const part of [summary, unseen, risks, findings, inventory, people, method]) {
    for await (const piece of part(sources, found)) yield piece.raw;
    yield '</section>\n';
  }
  yield markup`</main>
<footer><p>Rollcall ${sources.version}. Secrets appear here masked or not at all; host names stand without paths. Handle the report as confidential all the same: it says where the doors are.</p></footer>
</div>
<script>${trusted(script)}</script>
</body>
</html>
`.raw;
}

/** Only this very style and script may act; nothing may be loaded, sent or framed. */
function contentPolicy(): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
}

function head({ run }: Survey, { now, policy, version }: Sources): Raw {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(contentPolicy())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Rollcall: the roll of non-human identities</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#summary">Skip to the summary</a>
<header>
<p class="wordmark">Rollcall</p>
<h1>The roll of non-human identities</h1>
<dl class="head">
<div>
<dt>Scan</dt>
<dd>${run ? `${run.id}` : 'none yet'}</dd>
</div>
<div>
<dt>Scanned</dt>
<dd>${run ? isoTime(run.startedAt) : '–'}</dd>
</div>
<div>
<dt>Written</dt>
<dd>${isoTime(now)}</dd>
</div>
<div>
<dt>Policy</dt>
<dd>${policies(run, policy)}</dd>
</div>
<div>
<dt>Rollcall</dt>
<dd>${version}</dd>
</div>
</dl>
<button type="button" id="theme" hidden>Dark</button>
</header>
<div class="page">
<nav aria-label="Parts of this report">
<ol>
${parts.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`)}
</ol>
</nav>
<main>
`;
}
