import type { Matrix, Risk } from '../../core/risk.ts';
import { anchor, markup, type Raw } from './markup.ts';

const mostInCell = 12;

/** The matrix as a table: likelihood downwards from the highest, impact from left to right, each risk in its cell. */
export function heatMap(matrix: Matrix, risks: readonly { risk: Risk; label: string }[]): Raw {
  const rows = matrix.likelihood
    .map((name, at) => ({ name, likelihood: at + 1 }))
    .toReversed()
    .map(({ name, likelihood }) => {
      const cells = matrix.impact.map((_, at) => {
        const level = matrix.cells[likelihood - 1]?.[at] ?? 'very-low';
        const here = risks.filter(
          ({ risk }) => risk.current.likelihood === likelihood && risk.current.impact === at + 1,
        );
        return markup`<td class="c-${level}">
<span class="cell-level">${level.replace('-', ' ')}</span>${entries(here)}
</td>`;
      });
      return markup`<tr>
<th scope="row">${name}</th>
${cells}
</tr>
`;
    });
  return markup`<div class="scroll" role="region" aria-label="Risk matrix" tabindex="0">
<table class="matrix">
<caption>
Where the risks stand today: likelihood (down) and impact (across), matrix ${matrix.title}, version
${matrix.version}
</caption>
<thead>
<tr>
<th scope="col"><span class="quiet">likelihood ↓ impact →</span></th>
${matrix.impact.map((name) => markup`<th scope="col">${name}</th>`)}
</tr>
</thead>
<tbody>
${rows}
</tbody>
</table>
</div>
`;
}

function entries(here: readonly { risk: Risk; label: string }[]): Raw {
  const links = here.slice(0, mostInCell).map(
    ({ risk, label }) =>
      markup`<a href="#${anchor('r', risk.id)}" title="${risk.title} — ${risk.initiativeName}">${label}</a>
`,
  );
  return markup`<span class="entries">${links}${here.length > mostInCell && `+${here.length - mostInCell}`}</span>`;
}
