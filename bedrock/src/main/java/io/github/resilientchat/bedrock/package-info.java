/**
 * What is true only of Amazon Bedrock: accounts, the SDK clients to reach them, and what their
 * failures mean.
 */
@NullMarked
package io.github.resilientchat.bedrock;

import org.jspecify.annotations.NullMarked;
