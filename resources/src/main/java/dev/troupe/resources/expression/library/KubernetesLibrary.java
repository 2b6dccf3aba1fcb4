package dev.troupe.resources.expression.library;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;

/// All functions that Kubernetes adds.
public final class KubernetesLibrary implements CelCompilerLibrary, CelRuntimeLibrary {

  private final FunctionSet functions = new FunctionSet();

  public KubernetesLibrary() {
    RegexFunctions.addTo(functions);
    ListFunctions.addTo(functions);
    UrlFunctions.addTo(functions);
    AddressFunctions.addTo(functions);
    QuantityFunctions.addTo(functions);
    FormatFunctions.addTo(functions);
    VersionFunctions.addTo(functions);
  }

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    checker.addFunctionDeclarations(functions.declarations());
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(functions.bindings());
    runtime.addFunctionBindings(ValueOperators.bindings());
  }
}
