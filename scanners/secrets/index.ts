import type { Detector } from '../../src/sdk/index.ts';
import { adobe } from './detectors/adobe.ts';
import { age } from './detectors/age.ts';
import { airtable } from './detectors/airtable.ts';
import { anthropic } from './detectors/anthropic.ts';
import { artifactory } from './detectors/artifactory.ts';
import { atlassian } from './detectors/atlassian.ts';
import { aws } from './detectors/aws.ts';
import { azure } from './detectors/azure.ts';
import { brevo } from './detectors/brevo.ts';
import { buildkite } from './detectors/buildkite.ts';
import { clickup } from './detectors/clickup.ts';
import { cloudflare } from './detectors/cloudflare.ts';
import { commandLine } from './detectors/command-line.ts';
import { databricks } from './detectors/databricks.ts';
import { digitalocean } from './detectors/digitalocean.ts';
import { discord } from './detectors/discord.ts';
import { docker } from './detectors/docker.ts';
import { docusign } from './detectors/docusign.ts';
import { doppler } from './detectors/doppler.ts';
import { dropbox } from './detectors/dropbox.ts';
import { dynatrace } from './detectors/dynatrace.ts';
import { figma } from './detectors/figma.ts';
import { flyio } from './detectors/flyio.ts';
import { github } from './detectors/github.ts';
import { gitlab } from './detectors/gitlab.ts';
import { google } from './detectors/google.ts';
import { grafana } from './detectors/grafana.ts';
import { groq } from './detectors/groq.ts';
import { hashicorp } from './detectors/hashicorp.ts';
import { httpAuthorization } from './detectors/http-authorization.ts';
import { hubspot } from './detectors/hubspot.ts';
import { huggingFace } from './detectors/hugging-face.ts';
import { jsonWebToken } from './detectors/json-web-token.ts';
import { linear } from './detectors/linear.ts';
import { mailchimp } from './detectors/mailchimp.ts';
import { mailgun } from './detectors/mailgun.ts';
import { make } from './detectors/make.ts';
import { mapbox } from './detectors/mapbox.ts';
import { n8n } from './detectors/n8n.ts';
import { newRelic } from './detectors/new-relic.ts';
import { notion } from './detectors/notion.ts';
import { npm } from './detectors/npm.ts';
import { okta } from './detectors/okta.ts';
import { onepassword } from './detectors/onepassword.ts';
import { openai } from './detectors/openai.ts';
import { pandadoc } from './detectors/pandadoc.ts';
import { perplexity } from './detectors/perplexity.ts';
import { planetscale } from './detectors/planetscale.ts';
import { posthog } from './detectors/posthog.ts';
import { postman } from './detectors/postman.ts';
import { powerAutomate } from './detectors/power-automate.ts';
import { prefect } from './detectors/prefect.ts';
import { privateKey } from './detectors/private-key.ts';
import { pulumi } from './detectors/pulumi.ts';
import { pypi } from './detectors/pypi.ts';
import { replicate } from './detectors/replicate.ts';
import { rubygems } from './detectors/rubygems.ts';
import { sendgrid } from './detectors/sendgrid.ts';
import { sentry } from './detectors/sentry.ts';
import { shippo } from './detectors/shippo.ts';
import { shopify } from './detectors/shopify.ts';
import { slack } from './detectors/slack.ts';
import { square } from './detectors/square.ts';
import { stripe } from './detectors/stripe.ts';
import { supabase } from './detectors/supabase.ts';
import { tailscale } from './detectors/tailscale.ts';
import { telegram } from './detectors/telegram.ts';
import { twilio } from './detectors/twilio.ts';
import { typeform } from './detectors/typeform.ts';
import { urlCredentials } from './detectors/url-credentials.ts';
import { xai } from './detectors/xai.ts';
import { zapier } from './detectors/zapier.ts';

/** All detectors, one list a provider; those of no provider are the general ones. */
export const detectorsByFile: { readonly [file: string]: readonly Detector[] } = {
  adobe,
  age,
  airtable,
  anthropic,
  artifactory,
  atlassian,
  aws,
  azure,
  brevo,
  buildkite,
  clickup,
  cloudflare,
  'command-line': commandLine,
  databricks,
  digitalocean,
  discord,
  docker,
  docusign,
  doppler,
  dropbox,
  dynatrace,
  figma,
  flyio,
  github,
  gitlab,
  google,
  grafana,
  groq,
  hashicorp,
  'http-authorization': httpAuthorization,
  hubspot,
  'hugging-face': huggingFace,
  'json-web-token': jsonWebToken,
  linear,
  mailchimp,
  mailgun,
  make,
  mapbox,
  n8n,
  'new-relic': newRelic,
  notion,
  npm,
  okta,
  onepassword,
  openai,
  pandadoc,
  perplexity,
  planetscale,
  posthog,
  postman,
  'power-automate': powerAutomate,
  prefect,
  'private-key': privateKey,
  pulumi,
  pypi,
  replicate,
  rubygems,
  sendgrid,
  sentry,
  shippo,
  shopify,
  slack,
  square,
  stripe,
  supabase,
  tailscale,
  telegram,
  twilio,
  typeform,
  'url-credentials': urlCredentials,
  xai,
  zapier,
};

/** The detectors that the engine runs unless it is given others. */
export const detectors: readonly Detector[] = Object.values(detectorsByFile).flat();
