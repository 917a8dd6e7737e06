/**
 * What hands out names that other systems use too: AWS its ARNs, Entra the ids of applications, DocuSign integration keys
 * (the ids of apps, not their secrets), GitHub the full names and ids of repositories, which clouds trust; platforms that
 * are read from files, the numbers by which a list and an export tell of one workflow.
 */
export type Namer =
  | 'aws-arn'
  | 'entra-app'
  | 'docusign-key'
  | 'github-repository'
  | 'make-scenario'
  | 'power-app'
  | 'power-automate-flow'
  | 'workato-recipe';

/**
 * A public name of a thing, by which its records in several sources are one: a pipeline's role and the role in AWS.
 * Letters' case is no difference in any of them. Never a secret, and never a name that two things may have.
 */
export function publicName(namer: Namer, id: string): string {
  return `${namer}:${id.trim().toLowerCase()}`;
}
