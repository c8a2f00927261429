package io.github.resilientchat.autoconfigure.operation;

import java.util.List;

/**
 * Somebody changed how an engine works, or asked what a change would do. Published as an event of
 * the application, except where nothing was to be changed.
 *
 * @param action {@code drain}, {@code undrain}, {@code weight}, {@code rest} or {@code reload}
 * @param what what it was about, such as {@code region us-east-1}
 * @param by who asked; {@code anonymous} where nobody signed in
 * @param changed whether anything is different now, or would be
 * @param dryRun whether nothing was changed
 * @param targets those that it is about
 * @param leavesNobody routes of which no target is left that may be asked
 */
public record OperatorChange(
    String action,
    String what,
    String by,
    boolean changed,
    boolean dryRun,
    List<String> targets,
    List<String> leavesNobody) {}
