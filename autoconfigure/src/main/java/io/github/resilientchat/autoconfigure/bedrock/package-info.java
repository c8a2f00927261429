/** AWS accounts and the SDK clients of targets. */
@NullMarked
package io.github.resilientchat.autoconfigure.bedrock;

import org.jspecify.annotations.NullMarked;
