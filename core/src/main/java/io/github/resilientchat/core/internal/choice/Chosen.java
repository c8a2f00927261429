package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.report.SkippedTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a choice.
 *
 * @param target the target that let in, or null when none did
 * @param skipped targets that refused before it
 * @param waitNanos nanoseconds until the first of those that refused may let in; negative when
 *     nobody knows
 * @param mayAskSoon whether nothing but health refused, which a few calls a second may overrule
 */
public record Chosen(
    @Nullable Bound target, List<SkippedTarget> skipped, long waitNanos, boolean mayAskSoon) {}
