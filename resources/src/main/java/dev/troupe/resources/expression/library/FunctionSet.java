package dev.troupe.resources.expression.library;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.List;

/// Functions that are being put together: how they are declared, and what they do.
final class FunctionSet {

  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  List<CelFunctionDecl> declarations() {
    return List.copyOf(declarations);
  }

  List<CelFunctionBinding> bindings() {
    return List.copyOf(bindings);
  }

  /// `name(one)`
  <T> void global(
      String name, String id, CelType result, Parameter<T> one, CelFunctionOverload.Unary<T> body) {
    declare(name, CelOverloadDecl.newGlobalOverload(id, result, one.cel()));
    bindings.add(CelFunctionBinding.from(id, one.type(), body));
  }

  /// `name(one, two)`
  <T, U> void global(
      String name,
      String id,
      CelType result,
      Parameter<T> one,
      Parameter<U> two,
      CelFunctionOverload.Binary<T, U> body) {
    declare(name, CelOverloadDecl.newGlobalOverload(id, result, one.cel(), two.cel()));
    bindings.add(CelFunctionBinding.from(id, one.type(), two.type(), body));
  }

  /// `name()`
  void constant(String name, CelType result, CelFunctionOverload body) {
    declare(name, CelOverloadDecl.newGlobalOverload(name, result));
    bindings.add(CelFunctionBinding.from(name, ImmutableList.of(), body));
  }

  /// `one.name()`
  <T> void member(
      String name, String id, CelType result, Parameter<T> one, CelFunctionOverload.Unary<T> body) {
    declare(name, CelOverloadDecl.newMemberOverload(id, result, one.cel()));
    bindings.add(CelFunctionBinding.from(id, one.type(), body));
  }

  /// `one.name(two)`
  <T, U> void member(
      String name,
      String id,
      CelType result,
      Parameter<T> one,
      Parameter<U> two,
      CelFunctionOverload.Binary<T, U> body) {
    declare(name, CelOverloadDecl.newMemberOverload(id, result, one.cel(), two.cel()));
    bindings.add(CelFunctionBinding.from(id, one.type(), two.type(), body));
  }

  /// `one.name(two, three)`
  void member(
      String name, String id, CelType result, List<Parameter<?>> all, CelFunctionOverload body) {
    var types = all.stream().map(Parameter::cel).toList();
    declare(name, CelOverloadDecl.newMemberOverload(id, result, types));
    bindings.add(CelFunctionBinding.from(id, classes(all), body));
  }

  private static ImmutableList<Class<?>> classes(List<Parameter<?>> parameters) {
    var classes = ImmutableList.<Class<?>>builder();
    parameters.forEach(parameter -> classes.add(parameter.type()));
    return classes.build();
  }

  private void declare(String name, CelOverloadDecl overload) {
    declarations.add(CelFunctionDecl.newFunctionDeclaration(name, overload));
  }
}
