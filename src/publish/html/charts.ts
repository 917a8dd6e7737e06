import { worstFirst, sum, type BySeverity } from '../survey.ts';
import { markup, type Raw } from './markup.ts';
import { number } from './parts.ts';

/** One bar, divided by severity; `most` is what the full width stands for. The figures stand beside it in text. */
export function severityBar(counts: BySeverity, most: number, height = 10): Raw {
  let x = 0;
  const pieces = worstFirst
    .filter((severity) => counts[severity] > 0)
    .map((severity) => {
      const width = round((100 * counts[severity]) / Math.max(1, most));
      const piece = markup`<rect class="f-${severity}" x="${x}" y="0" width="${width}" height="${height}"/>`;
      x = round(x + width);
      return piece;
    });
  return markup`<svg class="bar" viewBox="0 0 100 ${height}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
<rect class="f-track" x="0" y="0" width="100" height="${height}"/>
${pieces}
</svg>`;
}

/** A ring of shares with the total in its middle. */
export function severityRing(counts: BySeverity): Raw {
  const total = sum(counts);
  const said = worstFirst.map((severity) => `${number(counts[severity])} ${severity}`).join(', ');
  let before = 0;
  const arcs = worstFirst
    .filter((severity) => counts[severity] > 0)
    .map((severity) => {
      const share = (100 * counts[severity]) / total;
      const gap = share > 2 && share < 100 ? 0.6 : 0;
      const arc = markup`<circle class="ring-part r-${severity}" cx="60" cy="60" r="50" pathLength="100" stroke-dasharray="${round(share - gap)} ${round(100 - share + gap)}" stroke-dashoffset="${round(25 - before)}"/>`;
      before += share;
      return arc;
    });
  return markup`<svg class="ring" viewBox="0 0 120 120" role="img" aria-label="Open findings by severity: ${said}">
<circle class="ring-part r-track" cx="60" cy="60" r="50"/>
${arcs}
<text class="ring-total" x="60" y="64" text-anchor="middle">${number(total)}</text>
<text class="ring-word" x="60" y="79" text-anchor="middle">open</text>
</svg>`;
}

/** Columns with their figures above and their names below. */
export function columns(title: string, bars: readonly { name: string; value: number; tone?: string }[]): Raw {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const width = 66;
  const said = bars.map((bar) => `${bar.name}: ${number(bar.value)}`).join(', ');
  const drawn = bars.map((bar, at) => {
    const height = round((100 * bar.value) / most);
    const middle = at * width + width / 2;
    return markup`<rect class="f-${bar.tone ?? 'plain'}" x="${at * width + 13}" y="${round(118 - height)}" width="${width - 26}" height="${height}" rx="2"/><text class="value" x="${middle}" y="${round(112 - height)}" text-anchor="middle">${number(bar.value)}</text><text class="name" x="${middle}" y="134" text-anchor="middle">${bar.name}</text>`;
  });
  return markup`<figure class="chart">
<figcaption>${title}</figcaption>
<div class="scroll" role="region" aria-label="${title}" tabindex="0">
<svg class="columns" viewBox="0 0 ${bars.length * width} 140" width="${bars.length * width}" height="140" role="img" aria-label="${title}. ${said}">
<line class="axis" x1="0" x2="${bars.length * width}" y1="118.5" y2="118.5"/>
${drawn}
</svg>
</div>
</figure>
`;
}

/** Open findings over time, stacked by severity, worst at the bottom. */
export function trend(days: readonly { day: string; counts: BySeverity }[]): Raw {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last || days.length < 2) return markup``;
  const from = Date.parse(first.day);
  const span = Math.max(1, Date.parse(last.day) - from);
  const most = Math.max(1, ...days.map(({ counts }) => sum(counts)));
  const below = days.map(() => 0);
  const areas = worstFirst.map((severity) => {
    const xs = days.map(({ day }) => round((600 * (Date.parse(day) - from)) / span));
    const y = (level: number) => round(130 - (120 * level) / most);
    const floor = days.map((_, at) => `${xs[at]},${y(below[at] ?? 0)}`).toReversed();
    const roof = days.map(({ counts }, at) => `${xs[at]},${y((below[at] = (below[at] ?? 0) + counts[severity]))}`);
    return markup`<polygon class="f-${severity}" points="${[...roof, ...floor].join(' ')}"/>`;
  });
  const said = `Open findings from ${first.day} (${number(sum(first.counts))}) to ${last.day} (${number(sum(last.counts))})`;
  return markup`<figure class="chart trend">
<figcaption>${said}</figcaption>
<svg viewBox="0 0 600 132" preserveAspectRatio="none" role="img" aria-label="${said}">
${areas}
<line class="axis" x1="0" x2="600" y1="130.5" y2="130.5"/>
</svg>
</figure>
`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
