package io.github.resilientchat.simulator;

import java.util.List;

/**
 * An inference profile as the control plane tells of it.
 *
 * @param application whether an application made it
 * @param modelArns of the model in each destination; a global profile has one without a Region
 */
record KnownProfile(String id, String arn, boolean application, List<String> modelArns) {}
