/** A chat for a team: signed-in users, their quotas, and what their clients see. */
@NullMarked
package io.github.resilientchat.samples.teamchat;

import org.jspecify.annotations.NullMarked;
