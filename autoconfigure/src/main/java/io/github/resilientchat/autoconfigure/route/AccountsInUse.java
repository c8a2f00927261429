package io.github.resilientchat.autoconfigure.route;

import java.util.Set;

/** The accounts that targets use, as far as the properties can be read; a bean. */
@FunctionalInterface
public interface AccountsInUse {

  Set<String> names();
}
