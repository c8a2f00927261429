package io.github.resilientchat.samples.teamchat;

import java.security.Principal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives a token for a name and a password. */
@RestController
class SignIn {

  private final Tokens tokens;

  SignIn(Tokens tokens) {
    this.tokens = tokens;
  }

  @PostMapping("/sign-in")
  String token(Principal member) {
    return tokens.sign(member.getName());
  }
}
