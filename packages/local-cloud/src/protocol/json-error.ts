import type { AwsError } from '../errors.ts';
import type { ServiceModel } from './service-model.ts';

/** The members of an error in JSON. The text is `message` or `Message`, as that error's own model spells it. */
export function errorMembers(model: ServiceModel, error: AwsError): Record<string, unknown> {
  const members = Object.keys(model.errors.get(error.code)?.getMemberSchemas() ?? {});
  const messageName = members.find((name) => name.toLowerCase() === 'message') ?? 'message';
  return { ...error.fields, [messageName]: error.message };
}
