import { defineFormat, endpoint, link, localId, pointer, sharedId, type Label } from '../../sdk/index.ts';
import { literalTarget } from '../hosts.ts';
import type { Entry } from '../saved-answer.ts';
import { at, idAt, textAt, type Part } from '../tree.ts';
import { hookListExample } from './list-examples.ts';
import { hooksIn, parsed, placeOf } from './list-parts.ts';
import { listedScenarios, SCENARIOS_BESIDE, ZONES_BESIDE, zoneOf } from './listed.ts';

/** Hooks as the API lists them: addresses that start a scenario, for whoever knows them. */
export const makeHookList = defineFormat({
  id: 'make-hook-list',
  title: 'Make hook list',
  platform: 'make',
  recognise: (document) => hooksIn(document).length > 0,
  neighbours: () => [...SCENARIOS_BESIDE, ...ZONES_BESIDE],
  parse(document) {
    const zone = zoneOf(document);
    const scenarios = [...(document.neighbours?.values() ?? [])];
    return parsed(document, 'hooks', hooksIn(document), (entry, contents) => {
      const { part } = entry;
      const target = literalTarget(at(part, 'url'));
      const scenario = idAt(part, 'scenarioId');
      const list = scenarios.find((one) =>
        listedScenarios(one).some(({ part: each }) => idAt(each, 'id') === scenario),
      );
      const state = at(part, 'enabled') === true ? stateIn(part) : 'inactive';
      const hook = endpoint({
        id: sharedId('make', zone, 'hook', idAt(part, 'id') ?? ''),
        name: textAt(part, 'name') ?? 'hook',
        direction: 'inbound',
        platform: 'make',
        type: 'webhook',
        authentication: 'unknown',
        host: target?.host,
        scheme: target?.scheme,
        addresses: target?.addresses,
        state,
        at: placeOf(document, entry),
        links: list === undefined ? [] : [link('contained-in', 'workflow', localId(list, scenario))],
        gaps: target === undefined ? { host: 'not-seen' } : {},
        contents: contents.map((content) => ({ ...content, labels: [secretAt(entry, 'url')] })),
      });
      return [hook];
    });
  },
  example: hookListExample,
});

/** Whoever knows the address of a hook can call it. */
function secretAt({ path }: Entry, field: string): Label {
  return { pointer: pointer(...path, field), place: 'configuration', secret: true };
}

function stateIn(hook: Part): 'active' | 'inactive' | 'unknown' {
  const runs = at(hook, 'scenarioIsActive');
  return typeof runs === 'boolean' ? (runs ? 'active' : 'inactive') : 'unknown';
}
