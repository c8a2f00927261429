/** What a LiteLLM configuration of Bedrock models is in properties of this library. */
@NullMarked
package io.github.resilientchat.tools.litellm;

import org.jspecify.annotations.NullMarked;
