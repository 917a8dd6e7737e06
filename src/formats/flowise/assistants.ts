import {
  connection,
  identity,
  link,
  localId,
  pointer,
  reference,
  sharedId,
  type Document,
  type Item,
} from '../../sdk/index.ts';
import { embedded } from '../embedded.ts';
import { effectOf } from '../roles.ts';
import { idAt, listAt, textAt, type Part } from '../tree.ts';

/** Those that Flowise draws no flow for: they live at OpenAI or Azure. */
const LISTS = ['AssistantOpenAI', 'AssistantAzure', 'Assistant'];

/** True for what can only be an assistant of Flowise: its details are a text. */
export function hasAssistants(tree: Part): boolean {
  return LISTS.some((list) => listAt(tree, list).some((one) => textAt(one, 'details') !== undefined));
}

/** Assistants of OpenAI and Azure in an export of everything; the others are flows. */
export function assistantsIn(document: Document): Item[] {
  const { tree, path } = document;
  return LISTS.flatMap((list) =>
    listAt(tree, list).flatMap((row, index) => {
      const details = embedded(textAt(row, 'details'));
      if (textAt(row, 'type') === 'CUSTOM' || textAt(row, 'details') === undefined) return [];
      const id = localId(document, idAt(row, 'id') ?? pointer(list, index).slice(1));
      const credential = textAt(row, 'credential');
      const used = credential === undefined ? undefined : sharedId('flowise', undefined, 'credential', credential);
      const tools = listAt(details, 'tools').flatMap((tool) => {
        const name = textAt(tool) ?? textAt(tool, 'function', 'name') ?? textAt(tool, 'type');
        return name === undefined ? [] : [{ name, effect: effectOf(name), approval: 'none' as const }];
      });
      const agent = identity({
        id,
        name: textAt(details, 'name') ?? id,
        type: 'ai-agent',
        status: 'unknown',
        platform: 'flowise',
        tools,
        runsAs: 'unknown',
        at: { path, pointer: pointer(list, index) },
        links: used === undefined ? undefined : [link('uses', 'connection', used)],
        gaps: { status: 'not-seen', runsAs: 'not-seen', lastUsedAt: 'not-seen', authentication: 'not-seen' },
      });
      if (used === undefined) return [agent];
      const connector = list === 'AssistantAzure' ? 'azureOpenAI' : 'openAI';
      return [
        agent,
        reference(connection({ id: used, name: connector, platform: 'flowise', connector, subject: 'unknown' })),
      ];
    }),
  );
}
