import type { Coverage } from '../core/coverage.ts';
import type { Progress } from '../core/ports.ts';
import { SECOND } from '../core/time.ts';
import type { Io } from './io.ts';
import { counted, fit, number, styles } from './style.ts';

const REDRAW = 100;

const stageWords: { readonly [stage: string]: string } = {
  collect: 'reading the sources',
  owners: 'working out who answers for what',
  assess: 'asking the checks',
  register: 'updating the register',
};

/** Draws progress on standard error: one line that is redrawn on a terminal, a line per step elsewhere. */
export function progressFor(io: Io, quiet: boolean): Progress & { end(): void } {
  if (quiet) return { stage: () => undefined, stream: () => undefined, count: () => undefined, end: () => undefined };
  const style = styles(io);
  const started = performance.now();
  let drawn = false;
  let lastDraw = 0;
  let stage = '';
  const counts = new Map<string, { items: number; since: number }>();
  const clear = (): void => {
    if (drawn) io.err('\r\u001b[2K');
    drawn = false;
  };
  const line = (text: string): void => {
    clear();
    io.err(`${text}\n`);
  };
  const draw = (text: string): void => {
    const now = performance.now();
    if (!io.interactive || now - lastDraw < REDRAW) return;
    lastDraw = now;
    io.err(`\r\u001b[2K${fit(text, io.columns - 1)}`);
    drawn = true;
  };
  const rate = (key: string, items: number): string => {
    const entry = counts.get(key) ?? { items: 0, since: performance.now() };
    entry.items = items;
    counts.set(key, entry);
    const seconds = (performance.now() - entry.since) / SECOND;
    return seconds < 0.2 ? '' : `, ${number(Math.round(items / seconds))}/s`;
  };
  return {
    stage(name) {
      stage = name;
      if (!io.interactive) line(`${stageWords[name] ?? name} …`);
      else draw(stageWords[name] ?? name);
    },
    stream({ source, stream, items, done }) {
      const what = style.safe(stream === 'files' ? source : `${source} ${stream}`);
      if (done) line(ended(what, items, rate(what, items), done, style.safe));
      else draw(`  ${what}: ${counted(items, 'item')}${rate(what, items)}`);
    },
    count(name, items) {
      const total = (counts.get(name)?.items ?? 0) + items;
      draw(`  ${stageWords[name] ?? name}: ${number(total)}${rate(name, total)}`);
    },
    end() {
      clear();
      const seconds = ((performance.now() - started) / SECOND).toFixed(1);
      if (stage !== '') io.err(style.dim(`done in ${seconds} s\n`));
    },
  };
}

function ended(
  what: string,
  items: number,
  rate: string,
  { outcome, detail }: Coverage,
  safe: (text: string) => string,
): string {
  const mark = outcome === 'complete' ? '✓' : outcome === 'failed' ? '✗' : '!';
  const why = outcome === 'complete' ? '' : ` (${outcome}${detail === undefined ? '' : `: ${safe(detail)}`})`;
  return `${mark} ${what}: ${counted(items, 'item')}${rate}${why}`;
}
