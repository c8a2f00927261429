package io.github.resilientchat.autoconfigure.keys;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Asks every feature what is wrong with its properties. */
final class FeatureChecks {

  private static final String OURS = "io.github.resilientchat.";

  private final ListableBeanFactory beans;

  FeatureChecks(ListableBeanFactory beans) {
    this.beans = beans;
  }

  /** Values that are not of their type first, since what a feature says may follow from them. */
  void run(Problems problems) {
    for (String name : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
      Class<?> type = beans.getType(name, false);
      if (type != null && type.getName().startsWith(OURS)) {
        beans.getBean(name);
      }
    }
    problems.addFirst(beans.getBean(BindProblems.class).reported());
    beans
        .getBeanProvider(ConfigurationCheck.class)
        .orderedStream()
        .forEach(check -> check.check(problems));
  }

  /** The same where the start is lost already, and beans may lack what others would have added. */
  void runAsFarAsPossible(Problems problems) {
    try {
      run(problems);
    } catch (BeansException e) {
      // What was found before is the cause of this, and is reported.
    }
  }
}
