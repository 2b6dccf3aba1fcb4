package dev.troupe.apiserver.server;

import dev.troupe.apiserver.authentication.Authenticator;
import dev.troupe.apiserver.authorization.Authorizer;
import dev.troupe.apiserver.authorization.Impersonation;
import dev.troupe.apiserver.call.Handler;
import dev.troupe.apiserver.health.RequestMetrics;
import dev.troupe.apiserver.route.AllowedMethods;
import dev.troupe.apiserver.share.Shares;
import dev.troupe.apiserver.wire.Streams;
import dev.troupe.runtime.trace.Traces;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What every request passes, the same for all event loops.
///
/// @param streams the open streams, ended when the server stops
record Door(
    ApiServerSettings.Limits limits,
    Authenticator authenticator,
    Authorizer authorizer,
    Impersonation impersonation,
    Shares shares,
    Streams streams,
    Handler handler,
    RequestMetrics metrics,
    Traces traces,
    Executor workers,
    AllowedMethods methods,
    InstantSource clock,
    BugLog bugs) {}
