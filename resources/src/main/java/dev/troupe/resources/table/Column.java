package dev.troupe.resources.table;

/// One `TableColumnDefinition` of `meta/v1`.
///
/// @param format `name` for the column that names the object, else empty
/// @param priority 0 for columns that are always printed, 1 for those of `-o wide`
public record Column(String name, String type, String format, String description, int priority) {

  public static Column text(String name, String description) {
    return new Column(name, "string", "", description, 0);
  }

  public static Column number(String name, String description) {
    return new Column(name, "integer", "", description, 0);
  }

  public static Column objectName() {
    return new Column("Name", "string", "name", "Name is unique within a namespace.", 0);
  }

  public static Column age() {
    return text("Age", "The time since the object was created.");
  }

  public Column wide() {
    return new Column(name, type, format, description, 1);
  }
}
