package dev.troupe.resources.mutation.decision;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Invalid;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.subresource.Applied;
import dev.troupe.resources.subresource.Form;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.validation.FieldErrors;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Writes to subresources whose objects have another form than that of the resource.
final class FormedWrite {

  private final BodyDecoding decoding;

  FormedWrite(BodyDecoding decoding) {
    this.decoding = decoding;
  }

  /// @return a changed copy of `current`
  ObjectNode view(
      MutationTarget target, Subresource.View view, ObjectNode sent, ObjectNode current) {
    checkForm(view.form(), sent);
    var written = decoding.decode(target, view.form(), sent);
    Agreement.ofExisting(target, written);
    Preconditions.check(target, written, current, true);
    return changed(target, view, view.applied(written, current));
  }

  /// @return a changed copy of `current`
  ObjectNode act(
      MutationTarget target, Subresource.Action action, ObjectNode sent, ObjectNode current) {
    var order = order(target, action.form(), sent);
    var errors = action.check(order);
    if (!errors.isEmpty()) {
      throw invalid(target, action, errors);
    }
    Preconditions.check(target, order, current, true);
    return changed(target, action, action.applied(order, current, target.now()));
  }

  /// With what options the resource is to be deleted.
  DeleteOptions remove(MutationTarget target, Subresource.Dismissal removal, ObjectNode sent) {
    return DeleteOptions.of(removal.options(order(target, removal.form(), sent)));
  }

  private ObjectNode order(MutationTarget target, Form form, ObjectNode sent) {
    checkForm(form, sent);
    var order = decoding.decode(target, form, sent);
    Agreement.ofNew(target, order);
    var name = Json.text(Json.object(order, "metadata"), "name");
    if (!name.isEmpty() && !name.equals(target.name())) {
      throw new Refusing(
          Refusal.badRequest("name in URL does not match name in " + form.kind() + " object"));
    }
    return order;
  }

  private static void checkForm(Form form, ObjectNode written) {
    var apiVersion = Json.text(written, "apiVersion");
    var kind = Json.text(written, "kind");
    boolean otherVersion = !apiVersion.isEmpty() && !apiVersion.equals(form.apiVersion());
    if (otherVersion || (!kind.isEmpty() && !kind.equals(form.kind()))) {
      throw new Refusing(
          Refusal.badRequest(
              "expected input object type to be "
                  + form.kind()
                  + ", but "
                  + apiVersion
                  + ", Kind="
                  + kind));
    }
  }

  private static ObjectNode changed(
      MutationTarget target, Subresource.Formed subresource, Applied applied) {
    return switch (applied) {
      case Applied.Changed(var object) -> object;
      case Applied.Invalid(var errors) -> throw invalid(target, subresource, errors);
      case Applied.Conflicting(var why) -> throw conflict(target, why);
    };
  }

  private static Refusing invalid(
      MutationTarget target, Subresource.Formed subresource, FieldErrors errors) {
    var form = subresource.form();
    return new Refusing(Invalid.of(form.group(), form.kind(), target.name(), errors.all()));
  }

  private static Refusing conflict(MutationTarget target, String why) {
    var what = target.type().names().plural() + "/" + target.subresource().name();
    return new Refusing(
        new Refusal(
            StatusReason.CONFLICT,
            "Operation cannot be fulfilled on " + what + " \"" + target.name() + "\": " + why,
            new Refusal.Details(target.name(), "", what, "", List.of()),
            0));
  }
}
