import { z } from 'zod';
import { listOf, time } from '../../src/sdk/index.ts';

const text = z.string().nullish();
const flag = z.boolean().nullish();

/** A page of any of n8n's lists. */
function pageOf<S extends z.ZodType>(element: S) {
  return z.object({ data: listOf(element), nextCursor: text });
}

export const Discovery = z.object({ data: z.object({ scopes: z.array(z.string()) }) });

export const UserPage = pageOf(
  z.object({
    id: z.string(),
    email: text,
    firstName: text,
    lastName: text,
    isPending: flag,
    role: text,
    createdAt: time(),
    updatedAt: time(),
  }),
);

const Project = z.object({ id: z.string(), name: z.string(), type: text, creatorId: text });

export const ProjectPage = pageOf(Project.extend({ createdAt: time(), updatedAt: time() }));

export const MemberPage = pageOf(z.object({ id: z.string(), email: text, role: text }));

export const CredentialPage = pageOf(
  z.object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    createdAt: time(),
    updatedAt: time(),
    /** Projects: the owner's own, and those that it is shared with. */
    shared: z.array(z.object({ id: z.string(), name: text, role: text })).nullish(),
  }),
);

export const VariablePage = pageOf(
  z.object({
    id: z.string(),
    key: z.string(),
    value: text,
    project: z.object({ id: z.string() }).nullish(),
  }),
);

export const WorkflowPage = pageOf(z.object({ id: z.string(), name: z.string() }));

const Definition = z.object({
  nodes: z.array(z.unknown()),
  connections: z.record(z.string(), z.unknown()),
});

/** Of an earlier version, what was in it; it is searched for secrets and dropped. */
export const WorkflowVersion = Definition;

/** In the words of n8n's own export, which the format reads; what ran through it (`pinData`) is never asked for. */
export const Workflow = Definition.extend({
  name: z.string(),
  description: text,
  active: flag,
  isArchived: flag,
  createdAt: text,
  updatedAt: text,
  versionId: text,
  settings: z
    .object({ saveDataErrorExecution: text, saveDataSuccessExecution: text, errorWorkflow: text, availableInMCP: flag })
    .nullish(),
  staticData: z.unknown().optional(),
  tags: z.array(z.object({ name: z.string() })).nullish(),
  shared: z.array(z.object({ role: text, project: Project.nullish() })).nullish(),
  activeVersion: Definition.partial()
    .extend({
      versionId: text,
      authors: text,
      name: text,
      createdAt: text,
      workflowPublishHistory: z.array(z.object({ event: z.string(), userId: text, createdAt: text })).nullish(),
    })
    .nullish(),
});

export const HistoryPage = pageOf(z.object({ versionId: z.string(), authors: text, name: text, createdAt: text }));

export const ExecutionPage = pageOf(z.object({ workflowId: z.string(), startedAt: time(), stoppedAt: time() }));

export const PackageList = listOf(
  z.object({
    packageName: z.string(),
    installedVersion: text,
    authorName: text,
    authorEmail: text,
    installedNodes: z.array(z.object({ type: z.string() })).nullish(),
    failedLoading: flag,
    createdAt: time(),
    updatedAt: time(),
  }),
);

const AuditSection = z.object({
  settings: z
    .object({
      features: z.object({ communityPackagesEnabled: flag, publicApiEnabled: flag, templatesEnabled: flag }).nullish(),
      nodes: z.object({ nodesExclude: text, nodesInclude: text }).nullish(),
      telemetry: z.object({ diagnosticsEnabled: flag }).nullish(),
    })
    .nullish(),
  /** There when the instance is outdated. */
  nextVersions: z.array(z.object({ hasSecurityIssue: flag, hasSecurityFix: flag })).nullish(),
});

/** Of n8n's own audit, how the instance is set up; an empty list stands for no report at all. */
export const Audit = z.union([
  z.object({ 'Instance Risk Report': z.object({ sections: z.array(AuditSection) }).nullish() }),
  z.array(z.never()),
]);

export const PendingChanges = z.object({ data: z.array(z.object({ status: text })) });
