// Declarations of types, which stand on their own.
using Messaging;
using Microsoft.Extensions.DependencyInjection;

// snippet
