/** A local Amazon Bedrock for tests: the real wire protocol, with accounts, Regions and faults. */
@NullMarked
package io.github.resilientchat.simulator;

import org.jspecify.annotations.NullMarked;
