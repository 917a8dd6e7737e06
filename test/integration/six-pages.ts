import { connectorOf } from '../helpers/collecting.ts';
import { credential, link, type Connector, workflow } from '../../src/sdk/index.ts';

const PAGES = 6;
const PER_PAGE = 40;

/** A source of six pages with links, secrets and a gap on each; tells which page it is asked for. */
export function sixPages({ asked }: { asked: (page: number) => void }): { connector: Connector; last: () => number } {
  let last = 0;
  const connector = connectorOf({
    flows: {
      async *pages({ resume, blind }) {
        for (let page = typeof resume === 'number' ? resume : 1; page <= PAGES; page++) {
          asked(page);
          last = page;
          blind(`file-${page}`, 'unparsable', 'made up');
          const items = Array.from({ length: PER_PAGE }, (_, n) => itemsOf(page * PER_PAGE + n)).flat();
          yield page < PAGES ? { items, next: page + 1 } : { items };
        }
      },
    },
  });
  return { connector, last: () => last };
}

function itemsOf(n: number) {
  const id = `w${n}`;
  return [
    credential({ id: `k${n}`, name: `key ${n}`, type: 'api-key', status: 'active' }),
    workflow({
      id,
      name: `flow ${n}`,
      platform: 'made-up',
      state: 'active',
      graph: { steps: [], edges: [], triggers: [] },
      links: [link('uses', 'credential', `k${n}`)],
      contents: [{ place: 'definition', path: id, text: `token canary-${n % 7}abcdefghijklmnop` }],
    }),
  ];
}
