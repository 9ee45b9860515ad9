// Declarations of types, which stand on their own.
using Messaging;
using Messaging.Channels;
using Messaging.Templates;
using Microsoft.Extensions.DependencyInjection;

// snippet
