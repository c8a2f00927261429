/**
 * Side by side with a gateway: what a call costs over a bare model when it is routed in this
 * process, and when it is routed by Portkey's open gateway, over one simulated Bedrock.
 */
@NullMarked
package io.github.resilientchat.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
