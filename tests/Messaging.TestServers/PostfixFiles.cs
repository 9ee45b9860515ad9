namespace Messaging.TestServers;

/// <summary>The configuration files of a <see cref="PostfixServer"/>.</summary>
internal static class PostfixFiles
{
    public const string Mailboxes = """
            anna@example.test anna/
            bob@example.test bob/
            sender@example.test sender/
            żółw@example.test zolw/

            """;

    public static string Main(string folder, int sizeLimit, string nobody, string pem, string key, string[] settings) =>
        $"""
            compatibility_level = 3.6
            queue_directory = {folder}/spool
            data_directory = {folder}/data
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            mail_owner = postfix
            setgid_group = postdrop
            maillog_file = {folder}/log
            maillog_file_prefixes = {folder}
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mx.example.test
            mydestination =
            mynetworks = 127.0.0.0/8
            alias_maps =
            default_transport = error:nobody outside can be reached
            virtual_mailbox_domains = example.test
            virtual_mailbox_base = {folder}/mail
            virtual_mailbox_maps = texthash:{folder}/etc/mailboxes
            virtual_mailbox_limit = 0
            virtual_uid_maps = static:{nobody}
            virtual_gid_maps = static:{nobody}
            message_size_limit = {sizeLimit}
            smtputf8_enable = yes
            smtpd_tls_security_level = may
            smtpd_tls_chain_files = {key}, {pem}
            smtpd_recipient_limit = 1000
            {string.Join('\n', settings)}

            """;

    public static string Master(int port) => $"""
            127.0.0.1:{port} inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd

            """;
}
