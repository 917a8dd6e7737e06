import { defineFormat, instant, localId, workflow, type Graph, type Step } from '../../sdk/index.ts';
import { inboundEndpoints } from '../endpoints.ts';
import { at, idAt, listAt, textAt, type Part } from '../tree.ts';
import { scenarioListExample } from './list-examples.ts';
import { hooksIn, parsed, placeOf } from './list-parts.ts';
import { HOOKS_BESIDE, knownAs, listedScenarios, makersOf, stateOf } from './listed.ts';

/** Scenarios as the API lists them: who made each, whether it runs, and which apps it uses. */
export const makeScenarioList = defineFormat({
  id: 'make-scenario-list',
  title: 'Make scenario list',
  platform: 'make',
  recognise: (document) => listedScenarios(document).length > 0,
  neighbours: () => HOOKS_BESIDE,
  parse(document) {
    const entries = listedScenarios(document);
    const hooks = [...(document.neighbours?.values() ?? [])].flatMap(hooksIn).map(({ part }) => idAt(part, 'id'));
    return parsed(document, 'scenarios', entries, (entry, contents) => {
      const { part } = entry;
      const id = localId(document, idAt(part, 'id'));
      const name = textAt(part, 'name') ?? id;
      const state = stateOf(part);
      const graph = outlineOf(part);
      const main = workflow({
        id,
        name,
        platform: 'make',
        format: 'make-scenario-list',
        state,
        graph,
        outline: true,
        at: placeOf(document, entry),
        knownAs: knownAs(part),
        createdAt: instant(at(part, 'created')),
        updatedAt: instant(at(part, 'lastEdit')),
        attributions: makersOf(part),
        gaps: { lastRunAt: 'not-seen' },
        contents,
      });
      const host = { id, name, platform: 'make', path: document.path, state };
      // The list of hooks tells more of the address.
      return [main, ...(hooks.includes(idAt(part, 'hookId')) ? [] : inboundEndpoints(host, graph))];
    });
  },
  example: scenarioListExample,
});

/** Apps in no order; which module of which app it is, only a blueprint tells. */
function outlineOf(scenario: Part): Graph {
  const apps = listAt(scenario, 'usedPackages').filter((app): app is string => typeof app === 'string' && app !== '');
  const steps = [...new Set(apps)].map((app): Step => ({
    id: app,
    label: app,
    connector: app,
    ...(app.startsWith('app#') && { component: { name: app, origin: 'local' } }),
  }));
  const [first] = steps;
  const hooked = idAt(scenario, 'hookId') !== undefined;
  const kind = hooked ? 'webhook' : textAt(scenario, 'scheduling', 'type') === 'on-demand' ? 'manual' : 'schedule';
  const authentication = kind === 'manual' ? 'session' : 'unknown';
  return { steps, edges: [], triggers: first === undefined ? [] : [{ step: first.id, kind, authentication }] };
}
