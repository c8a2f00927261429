package io.github.resilientchat.autoconfigure.route;

import org.jspecify.annotations.Nullable;

/**
 * A guardrail of the account.
 *
 * @param id Id or ARN of the guardrail that looks at requests and answers which name none; none
 *     when not set.
 * @param version Version of the guardrail, a number or DRAFT; required with the id, and of no use
 *     when not set.
 */
record GuardrailProperties(@Nullable String id, @Nullable String version) {

  static final GuardrailProperties NONE = new GuardrailProperties(null, null);
}
