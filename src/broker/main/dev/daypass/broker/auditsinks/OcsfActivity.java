package dev.daypass.broker.auditsinks;

import java.util.Map;

/// What kind of thing happened, in OCSF's numbers.
///
/// @param category of the class
/// @param type the class
/// @param activity within the class
record OcsfActivity(int category, int type, int activity) {
  static final int ACCOUNT_CHANGE = 3001;
  static final int AUTHENTICATION = 3002;
  private static final int API_ACTIVITY = 6003;
  private static final int IDENTITY_AND_ACCESS = 3;
  private static final int APPLICATION = 6;
  private static final int LOGON = 1;
  private static final int CREATE = 1;
  private static final int READ = 2;
  private static final int UPDATE = 3;
  private static final int DELETE = 4;

  /// What changes the account of a person: the activities of Account Change.
  private static final Map<String, Integer> CHANGES =
      Map.ofEntries(
          Map.entry("CreateUser", 1),
          Map.entry("CreateLoginProfile", 2),
          Map.entry("EnrolUser", 2),
          Map.entry("ChangePassword", 3),
          Map.entry("UpdateLoginProfile", 4),
          Map.entry("DeleteLoginProfile", 5),
          Map.entry("DeleteUser", 6),
          Map.entry("AttachUserPolicy", 7),
          Map.entry("PutUserPolicy", 7),
          Map.entry("DetachUserPolicy", 8),
          Map.entry("DeleteUserPolicy", 8),
          Map.entry("EnableMFADevice", 10),
          Map.entry("DeactivateMFADevice", 11));

  static OcsfActivity of(String eventType, String eventName, boolean readOnly) {
    if (eventType.equals("AwsConsoleSignIn")) {
      return new OcsfActivity(IDENTITY_AND_ACCESS, AUTHENTICATION, LOGON);
    }
    if (CHANGES.containsKey(eventName)) {
      return new OcsfActivity(IDENTITY_AND_ACCESS, ACCOUNT_CHANGE, CHANGES.get(eventName));
    }
    return new OcsfActivity(APPLICATION, API_ACTIVITY, verb(eventName, readOnly));
  }

  private static int verb(String eventName, boolean readOnly) {
    if (readOnly) {
      return READ;
    }
    if (eventName.startsWith("Create")) {
      return CREATE;
    }
    return eventName.startsWith("Delete") ? DELETE : UPDATE;
  }
}
