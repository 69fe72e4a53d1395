package dev.daypass.cli;

import picocli.CommandLine.Option;

/// One way to sign in.
final class LoginWay {
  @Option(names = "--browser", description = "Open a browser on this computer.")
  private boolean browser;

  @Option(names = "--no-browser", description = "Print the address only.")
  private boolean noBrowser;

  @Option(names = "--device", description = "Show a code to type into a browser anywhere.")
  private boolean device;

  @Option(names = "--tty", description = "Ask for password and code at the terminal.")
  private boolean tty;

  @Option(names = "--gui", description = "Ask for them in windows.")
  private boolean gui;

  @Option(
      names = "--stdin",
      description = "Read them from standard input: password, code, new password.")
  private boolean stdin;

  LoginFlow flow() {
    if (browser) {
      return LoginFlow.BROWSER;
    }
    if (noBrowser) {
      return LoginFlow.NO_BROWSER;
    }
    if (device) {
      return LoginFlow.DEVICE;
    }
    if (gui) {
      return LoginFlow.GUI;
    }
    return stdin && !tty ? LoginFlow.STDIN : LoginFlow.TTY;
  }
}
