package io.github.resilientchat.samples.accounts;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs the demo and ends with a status that says whether all of it held. */
@SpringBootApplication
public class AccountsApplication {

  public static void main(String[] args) throws Exception {
    Verdicts verdicts = new AccountsDemo(System.out).run();
    System.out.println(verdicts.summary());
    System.exit(verdicts.allPassed() ? 0 : 1);
  }
}
