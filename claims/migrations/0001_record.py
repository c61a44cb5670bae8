"""The whole record as it stood when the first migrations became one, for new databases.

Those that it replaces stay until no database is left between them. The tables are written as
makemigrations wrote them.
"""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from claims.migrations._beginning import make_epoch, make_roles, make_scale, remove_roles
from claims.migrations._together import CreateTables

# fmt: off


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("claims", "0001_the_record"),
        ("claims", "0002_roles"),
        ("claims", "0003_starting_scale"),
        ("claims", "0004_intake"),
        ("claims", "0005_intake_roles"),
        ("claims", "0006_rung_at"),
        ("claims", "0007_pipeline_figures"),
        ("claims", "0008_near_copies_index"),
        ("claims", "0009_quotes_held_back"),
        ("claims", "0010_desk"),
        ("claims", "0011_desk_roles"),
        ("claims", "0012_triage_queue"),
        ("claims", "0013_speakers"),
        ("claims", "0014_claim_page"),
        ("claims", "0015_access"),
        ("claims", "0016_figures"),
        ("claims", "0017_left_open"),
        ("claims", "0018_list_indexes"),
        ("claims", "0019_api"),
        ("claims", "0021_changes"),
        ("claims", "0022_webhooks"),
        ("claims", "0023_external_reviews"),
        ("claims", "0024_webhook_delivery_version"),
        ("claims", "0025_queue_of_a_kind"),
        ("claims", "0026_kept_figures"),
        ("claims", "0027_reviews_by_others"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0010_accessattemptexpiration"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
        # The history's function must be there: the rows are tracked from the first one on.
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        CreateTables([
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='Such as Foreign Minister.', max_length=200)),
                ('organisation', models.CharField(blank=True, max_length=300)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, help_text='The last day in the role.', null=True)),
            ],
            options={
                'ordering': [models.OrderBy(models.F('since'), descending=True, nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('stance', models.CharField(choices=[('asserts', 'Asserts'), ('denies', 'Denies'), ('questions', 'Questions')], default='asserts', max_length=10)),
                ('state', models.CharField(choices=[('suggested', 'Suggested'), ('confirmed', 'Confirmed'), ('dismissed', 'Dismissed')], default='suggested', editable=False, max_length=10)),
                ('score', models.FloatField(blank=True, editable=False, help_text='0 to 1.', null=True)),
                ('method', models.CharField(blank=True, editable=False, help_text='What suggested it; empty: a person.', max_length=50)),
            ],
            options={
                'ordering': ['claim', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ArticleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='1 for the first text that was seen.')),
                ('text', models.TextField(help_text='Cleaned once, at ingest; every offset counts in it.')),
                ('sha256', models.CharField(help_text='SHA-256 of the text as UTF-8.', max_length=64)),
                ('fetched_at', models.DateTimeField()),
                ('snapshot', models.FileField(blank=True, help_text='What was received, byte for byte.', max_length=200, upload_to='')),
                ('snapshot_sha256', models.CharField(blank=True, max_length=64)),
                ('content_type', models.CharField(blank=True, max_length=100)),
            ],
            options={
                'ordering': ['article', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ChangeEpoch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('epoch', models.UUIDField(default=uuid.uuid4)),
                ('embargoes_told_until', models.DateTimeField(default=django.utils.timezone.now, help_text='Embargoes that ended before are in the feed.')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('text', models.TextField(help_text='Names instead of pronouns, dates instead of “last week”.')),
                ('quantities', models.JSONField(blank=True, default=list, help_text='[{value, unit, comparator, of}]: another number makes another claim.')),
                ('stage', models.CharField(choices=[('new', 'New'), ('researching', 'Researching'), ('in_review', 'In review'), ('published', 'Published'), ('shelved', 'Shelved')], default='new', editable=False, max_length=12)),
                ('priority', models.CharField(choices=[('low', 'Low'), ('normal', 'Normal'), ('high', 'High')], default='normal', max_length=8)),
                ('embargo_until', models.DateTimeField(blank=True, null=True)),
                ('recheck_by', models.DateField(blank=True, help_text='When the verdict should be looked at again.', null=True)),
            ],
            options={
                'ordering': ['-pk'],
                'permissions': [('research_claim', 'Can research claims and submit verdicts'), ('see_embargoed', 'Can see claims before their embargo ends'), ('import_claim', 'Can import claims'), ('export_claim', 'Can export claims')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClaimEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('text', models.TextField(help_text='Names instead of pronouns, dates instead of “last week”.')),
                ('quantities', models.JSONField(blank=True, default=list, help_text='[{value, unit, comparator, of}]: another number makes another claim.')),
                ('stage', models.CharField(choices=[('new', 'New'), ('researching', 'Researching'), ('in_review', 'In review'), ('published', 'Published'), ('shelved', 'Shelved')], default='new', editable=False, max_length=12)),
                ('priority', models.CharField(choices=[('low', 'Low'), ('normal', 'Normal'), ('high', 'High')], default='normal', max_length=8)),
                ('embargo_until', models.DateTimeField(blank=True, null=True)),
                ('recheck_by', models.DateField(blank=True, help_text='When the verdict should be looked at again.', null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClaimLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('relation', models.CharField(choices=[('contradicts', 'Contradicts'), ('narrows', 'Narrows'), ('supersedes', 'Supersedes')], max_length=12)),
                ('state', models.CharField(choices=[('suggested', 'Suggested'), ('confirmed', 'Confirmed'), ('dismissed', 'Dismissed')], default='suggested', editable=False, max_length=10)),
                ('score', models.FloatField(blank=True, editable=False, help_text='0 to 1.', null=True)),
                ('method', models.CharField(blank=True, editable=False, help_text='What suggested it; empty: a person.', max_length=50)),
            ],
            options={
                'ordering': ['from_claim', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClaimLinkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('relation', models.CharField(choices=[('contradicts', 'Contradicts'), ('narrows', 'Narrows'), ('supersedes', 'Supersedes')], max_length=12)),
                ('state', models.CharField(choices=[('suggested', 'Suggested'), ('confirmed', 'Confirmed'), ('dismissed', 'Dismissed')], default='suggested', editable=False, max_length=10)),
                ('score', models.FloatField(blank=True, editable=False, help_text='0 to 1.', null=True)),
                ('method', models.CharField(blank=True, editable=False, help_text='What suggested it; empty: a person.', max_length=50)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClaimTopicEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(help_text='@name and @role tell that person or those people.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['claim', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CommentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('text', models.TextField(help_text='@name and @role tell that person or those people.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(blank=True, help_text='What acted when it was no person, such as rules-1.', max_length=100)),
                ('from_state', models.CharField(max_length=20)),
                ('to_state', models.CharField(max_length=20)),
                ('reason_code', models.CharField(blank=True, max_length=30)),
                ('comment', models.TextField(blank=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DecisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('job', models.CharField(blank=True, help_text='What acted when it was no person, such as rules-1.', max_length=100)),
                ('from_state', models.CharField(max_length=20)),
                ('to_state', models.CharField(max_length=20)),
                ('reason_code', models.CharField(blank=True, max_length=30)),
                ('comment', models.TextField(blank=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('stance', models.CharField(choices=[('supports', 'Supports'), ('refutes', 'Refutes'), ('context', 'Gives context')], default='context', max_length=10)),
                ('kind', models.CharField(choices=[('primary', 'Primary'), ('secondary', 'Secondary')], default='secondary', max_length=10)),
                ('title', models.CharField(help_text='What the document is.', max_length=300)),
                ('url', models.URLField(blank=True, max_length=2000)),
                ('excerpt', models.TextField(blank=True, help_text='The passage that bears on the claim.')),
                ('snapshot', models.FileField(blank=True, editable=False, max_length=200, upload_to='')),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('accessed_at', models.DateTimeField(blank=True, null=True)),
                ('is_confidential', models.BooleanField(default=False, help_text='Shown to the desk only, never exported or published.')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ['claim', 'pk'],
                'permissions': [('see_confidential', 'Can see confidential evidence'), ('import_evidence', 'Can import evidence'), ('export_evidence', 'Can export evidence')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EvidenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('stance', models.CharField(choices=[('supports', 'Supports'), ('refutes', 'Refutes'), ('context', 'Gives context')], default='context', max_length=10)),
                ('kind', models.CharField(choices=[('primary', 'Primary'), ('secondary', 'Secondary')], default='secondary', max_length=10)),
                ('title', models.CharField(help_text='What the document is.', max_length=300)),
                ('url', models.URLField(blank=True, max_length=2000)),
                ('excerpt', models.TextField(blank=True, help_text='The passage that bears on the claim.')),
                ('snapshot', models.FileField(blank=True, editable=False, max_length=200, upload_to='')),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('accessed_at', models.DateTimeField(blank=True, null=True)),
                ('is_confidential', models.BooleanField(default=False, help_text='Shown to the desk only, never exported or published.')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExternalReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('url', models.TextField(help_text='Canonical: without trackers.')),
                ('url_hash', models.CharField(editable=False, max_length=64)),
                ('claim_hash', models.CharField(editable=False, help_text='SHA-256 of the claim: with that of the address the identity.', max_length=64)),
                ('claim_text', models.TextField(help_text='The claim in the words of the review.')),
                ('claimant', models.CharField(blank=True, max_length=300)),
                ('claim_date', models.DateField(blank=True, help_text='When the claim was made.', null=True)),
                ('publisher_name', models.CharField(blank=True, max_length=300)),
                ('publisher_site', models.CharField(blank=True, help_text='Without www.', max_length=253)),
                ('title', models.TextField(blank=True)),
                ('rating_label', models.CharField(blank=True, help_text='In their words.', max_length=300)),
                ('rating_value', models.FloatField(blank=True, null=True)),
                ('best_rating', models.FloatField(blank=True, null=True)),
                ('worst_rating', models.FloatField(blank=True, null=True)),
                ('language', models.CharField(blank=True, max_length=35)),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('raw', models.JSONField(help_text='The ClaimReview as it came.')),
                ('imported_at', models.DateTimeField(help_text='When it was last read and said something new.')),
                ('job', models.CharField(blank=True, help_text='What imported it when it was no person.', max_length=100)),
            ],
            options={
                'verbose_name': 'review by others',
                'verbose_name_plural': 'reviews by others',
                'ordering': ['-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExternalReviewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('url', models.TextField(help_text='Canonical: without trackers.')),
                ('url_hash', models.CharField(editable=False, max_length=64)),
                ('claim_hash', models.CharField(editable=False, help_text='SHA-256 of the claim: with that of the address the identity.', max_length=64)),
                ('claim_text', models.TextField(help_text='The claim in the words of the review.')),
                ('claimant', models.CharField(blank=True, max_length=300)),
                ('claim_date', models.DateField(blank=True, help_text='When the claim was made.', null=True)),
                ('publisher_name', models.CharField(blank=True, max_length=300)),
                ('publisher_site', models.CharField(blank=True, help_text='Without www.', max_length=253)),
                ('title', models.TextField(blank=True)),
                ('rating_label', models.CharField(blank=True, help_text='In their words.', max_length=300)),
                ('rating_value', models.FloatField(blank=True, null=True)),
                ('best_rating', models.FloatField(blank=True, null=True)),
                ('worst_rating', models.FloatField(blank=True, null=True)),
                ('language', models.CharField(blank=True, max_length=35)),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('raw', models.JSONField(help_text='The ClaimReview as it came.')),
                ('imported_at', models.DateTimeField(help_text='When it was last read and said something new.')),
                ('job', models.CharField(blank=True, help_text='What imported it when it was no person.', max_length=100)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExtractionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('dead', 'Given up')], default='queued', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('lease_token', models.UUIDField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, help_text='Running: when the lease ends. Queued: not begun before.', null=True)),
                ('rung_at', models.DateTimeField(blank=True, help_text='When a message for it was last sent.', null=True)),
                ('error', models.TextField(blank=True, help_text='Why the last attempt failed.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('extractor', models.CharField(help_text='Engine and version, such as rules-1.', max_length=50)),
                ('quotes_found', models.PositiveIntegerField(blank=True, null=True)),
                ('quotes_held_back', models.PositiveIntegerField(blank=True, help_text='Found and not offered: too unsure, or no statement that could be checked.', null=True)),
                ('quotes_added', models.PositiveIntegerField(blank=True, null=True)),
                ('quotes_withdrawn', models.PositiveIntegerField(blank=True, null=True)),
                ('duration_ms', models.PositiveIntegerField(blank=True, help_text='Extraction alone.', null=True)),
            ],
            options={
                'ordering': ['-pk'],
                'permissions': [('replay_extractionrun', 'Can queue extraction runs again')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExtractionRunEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('dead', 'Given up')], default='queued', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('lease_token', models.UUIDField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, help_text='Running: when the lease ends. Queued: not begun before.', null=True)),
                ('error', models.TextField(blank=True, help_text='Why the last attempt failed.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('extractor', models.CharField(help_text='Engine and version, such as rules-1.', max_length=50)),
                ('quotes_found', models.PositiveIntegerField(blank=True, null=True)),
                ('quotes_held_back', models.PositiveIntegerField(blank=True, help_text='Found and not offered: too unsure, or no statement that could be checked.', null=True)),
                ('quotes_added', models.PositiveIntegerField(blank=True, null=True)),
                ('quotes_withdrawn', models.PositiveIntegerField(blank=True, null=True)),
                ('duration_ms', models.PositiveIntegerField(blank=True, help_text='Extraction alone.', null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('url', models.URLField(max_length=2000)),
                ('title', models.CharField(blank=True, help_text='What it calls itself.', max_length=300)),
                ('format', models.CharField(blank=True, choices=[('rss', 'RSS'), ('atom', 'Atom'), ('json', 'JSON Feed'), ('sitemap', 'News sitemap')], editable=False, max_length=10)),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('failing', 'Stopped after failures'), ('gone', 'Gone')], default='active', editable=False, max_length=10)),
                ('etag', models.CharField(blank=True, editable=False, max_length=500)),
                ('last_modified', models.CharField(blank=True, editable=False, max_length=100)),
                ('interval_seconds', models.PositiveIntegerField(default=900, editable=False, help_text='Between two polls; adapts to how often the feed changes.')),
                ('next_poll_at', models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, null=True)),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('lease_token', models.UUIDField(blank=True, editable=False, null=True)),
                ('last_polled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_changed_at', models.DateTimeField(blank=True, editable=False, help_text='When a poll last found something new.', null=True)),
                ('failures', models.PositiveIntegerField(default=0, editable=False, help_text='Failed polls in a row.')),
                ('last_error', models.TextField(blank=True, editable=False)),
            ],
            options={
                'ordering': ['source', 'pk'],
                'permissions': [('poll_feed', 'Can poll, pause and resume feeds')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FeedEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('url', models.URLField(max_length=2000)),
                ('title', models.CharField(blank=True, help_text='What it calls itself.', max_length=300)),
                ('format', models.CharField(blank=True, choices=[('rss', 'RSS'), ('atom', 'Atom'), ('json', 'JSON Feed'), ('sitemap', 'News sitemap')], editable=False, max_length=10)),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('failing', 'Stopped after failures'), ('gone', 'Gone')], default='active', editable=False, max_length=10)),
                ('failures', models.PositiveIntegerField(default=0, editable=False, help_text='Failed polls in a row.')),
                ('last_error', models.TextField(blank=True, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Fetch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('dead', 'Given up')], default='queued', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('lease_token', models.UUIDField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, help_text='Running: when the lease ends. Queued: not begun before.', null=True)),
                ('rung_at', models.DateTimeField(blank=True, help_text='When a message for it was last sent.', null=True)),
                ('error', models.TextField(blank=True, help_text='Why the last attempt failed.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('purpose', models.CharField(choices=[('feed', 'Found in a feed'), ('request', 'Asked for'), ('recheck', 'Read again'), ('evidence', 'Archived as evidence')], max_length=10)),
                ('url', models.TextField(help_text='As it was given.')),
                ('url_hash', models.CharField(help_text='SHA-256 of the canonical URL.', max_length=64)),
                ('host', models.CharField(help_text='Whose turn it takes.', max_length=260)),
                ('hints', models.JSONField(blank=True, default=dict, help_text='What the feed says of the page: title, date, byline.')),
                ('step', models.PositiveSmallIntegerField(blank=True, help_text='Which of the set times of reading again this is.', null=True)),
                ('outcome', models.CharField(blank=True, choices=[('new', 'New article'), ('changed', 'New text'), ('unchanged', 'As it was'), ('copy', 'Copy of another article'), ('paywall', 'Behind a paywall'), ('empty', 'No article text'), ('unsupported', 'Not a page, a text or a PDF'), ('refused', 'Refused by the site'), ('forbidden', 'Not an address to read from'), ('gone', 'Gone'), ('archived', 'Archived')], max_length=12)),
                ('final_url', models.TextField(blank=True, help_text='Where redirects led.')),
                ('http_status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('etag', models.CharField(blank=True, max_length=500)),
                ('last_modified', models.CharField(blank=True, max_length=100)),
                ('snapshot', models.FileField(blank=True, help_text='What was received (WARC), article or not.', max_length=200, upload_to='')),
                ('snapshot_sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name_plural': 'fetches',
                'ordering': ['-pk'],
                'permissions': [('replay_fetch', 'Can ask for pages and queue fetches again')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FetchEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('dead', 'Given up')], default='queued', max_length=10)),
                ('error', models.TextField(blank=True, help_text='Why the last attempt failed.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('purpose', models.CharField(choices=[('feed', 'Found in a feed'), ('request', 'Asked for'), ('recheck', 'Read again'), ('evidence', 'Archived as evidence')], max_length=10)),
                ('url', models.TextField(help_text='As it was given.')),
                ('url_hash', models.CharField(help_text='SHA-256 of the canonical URL.', max_length=64)),
                ('host', models.CharField(help_text='Whose turn it takes.', max_length=260)),
                ('hints', models.JSONField(blank=True, default=dict, help_text='What the feed says of the page: title, date, byline.')),
                ('step', models.PositiveSmallIntegerField(blank=True, help_text='Which of the set times of reading again this is.', null=True)),
                ('outcome', models.CharField(blank=True, choices=[('new', 'New article'), ('changed', 'New text'), ('unchanged', 'As it was'), ('copy', 'Copy of another article'), ('paywall', 'Behind a paywall'), ('empty', 'No article text'), ('unsupported', 'Not a page, a text or a PDF'), ('refused', 'Refused by the site'), ('forbidden', 'Not an address to read from'), ('gone', 'Gone'), ('archived', 'Archived')], max_length=12)),
                ('final_url', models.TextField(blank=True, help_text='Where redirects led.')),
                ('http_status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('etag', models.CharField(blank=True, max_length=500)),
                ('last_modified', models.CharField(blank=True, max_length=100)),
                ('snapshot', models.FileField(blank=True, help_text='What was received (WARC), article or not.', max_length=200, upload_to='')),
                ('snapshot_sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('seen_at', models.DateTimeField()),
                ('report', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Host in lower case, with a port not 80/443.', max_length=260, unique=True)),
                ('tokens', models.FloatField(default=1.0, help_text='Requests that may be made at once.')),
                ('refilled_at', models.DateTimeField(blank=True, null=True)),
                ('held_until', models.DateTimeField(blank=True, help_text='No request before: the server said so (Retry-After).', null=True)),
                ('crawl_delay', models.FloatField(blank=True, help_text='Seconds between requests, from robots.txt.', null=True)),
                ('robots', models.TextField(blank=True, help_text='Its robots.txt, cut at its limit.')),
                ('robots_status', models.PositiveSmallIntegerField(blank=True, help_text='The HTTP status it came with; empty: no answer.', null=True)),
                ('robots_fetched_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='IdempotentAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=255)),
                ('fingerprint', models.CharField(help_text='SHA-256 of the method, the address, the conditions and the body.', max_length=64)),
                ('http_status', models.PositiveSmallIntegerField()),
                ('headers', models.JSONField(default=dict)),
                ('body', models.TextField(help_text='JSON as it was sent: the order of its members is kept.')),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='ImportDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='What its rows are, such as claims.', max_length=20)),
                ('name', models.CharField(help_text='What the file was called.', max_length=200)),
                ('content', models.BinaryField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='KeptFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField(help_text='The last so many days.')),
                ('with_embargoed', models.BooleanField()),
                ('made_at', models.DateTimeField()),
                ('content', models.JSONField()),
            ],
            options={
                'verbose_name_plural': 'kept figures',
                'ordering': ['days', 'with_embargoed'],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('mention', 'Somebody mentions me'), ('assigned', 'A claim is assigned to me'), ('returned', 'My claim comes back'), ('approval', 'A verdict waits for approval'), ('altered', 'An outlet altered a quote that I accepted'), ('webhook', 'A webhook of mine fails')], max_length=20)),
                ('text', models.CharField(help_text='One sentence, without names of pages.', max_length=500)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='NotificationChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('mention', 'Somebody mentions me'), ('assigned', 'A claim is assigned to me'), ('returned', 'My claim comes back'), ('approval', 'A verdict waits for approval'), ('altered', 'An outlet altered a quote that I accepted'), ('webhook', 'A webhook of mine fails')], max_length=20)),
                ('mail', models.CharField(choices=[('at_once', 'At once'), ('daily', 'In the daily summary'), ('never', 'Never')], default='daily', max_length=10)),
            ],
            options={
                'ordering': ['user', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='OutboxEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('type', models.CharField(choices=[('quote.accepted', 'Quote accepted'), ('quote.rejected', 'Quote rejected'), ('quote.altered', 'Quote altered or dropped by its outlet'), ('claim.created', 'Claim created'), ('claim.assigned', 'Claim assigned'), ('claim.submitted', 'Claim submitted for approval'), ('claim.returned', 'Claim returned to research'), ('claim.published', 'Claim published'), ('claim.repeated', 'Claim made again'), ('verdict.published', 'First verdict published'), ('verdict.corrected', 'Verdict corrected'), ('verdict.retracted', 'Verdict retracted'), ('article.changed', 'New version of an article'), ('speaker.merged', 'Speakers merged'), ('ping', 'Test event')], max_length=30)),
                ('kind', models.CharField(help_text='Of the resource, such as claim.', max_length=30)),
                ('object_id', models.BigIntegerField(blank=True, help_text="The resource's key.", null=True)),
                ('row_version', models.PositiveIntegerField(blank=True, help_text="The resource's version when it happened.", null=True)),
                ('payload', models.JSONField(help_text='What is posted: type, timestamp, data.')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('start', models.PositiveIntegerField(help_text='First character, marks included.')),
                ('end', models.PositiveIntegerField(help_text='One behind the last character.')),
                ('fragments', models.JSONField(help_text='[[start, end], …]: the content itself, which a cue may split.')),
                ('text', models.TextField(help_text='The characters from start to end.')),
                ('prefix', models.TextField(blank=True, help_text='The characters before it (W3C selector).')),
                ('suffix', models.TextField(blank=True, help_text='The characters behind it (W3C selector).')),
                ('kind', models.CharField(choices=[('direct', 'Direct'), ('mixed', 'Mixed'), ('indirect', 'Indirect')], max_length=10)),
                ('cue_start', models.PositiveIntegerField(blank=True, null=True)),
                ('cue_end', models.PositiveIntegerField(blank=True, null=True)),
                ('mention_start', models.PositiveIntegerField(blank=True, help_text='Where the article names the speaker for this quote.', null=True)),
                ('mention_end', models.PositiveIntegerField(blank=True, null=True)),
                ('suggested_name', models.CharField(blank=True, help_text='The name that the extractor resolved within the article.', max_length=300)),
                ('candidate_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, help_text='The names it may be, when the extractor was in doubt.', size=None)),
                ('role', models.CharField(blank=True, help_text="The speaker's role as the article gave it.", max_length=300)),
                ('confidence', models.FloatField(help_text='0 to 1: that this is a quotation.')),
                ('check_worthiness', models.FloatField(help_text='0 to 1: that it says something to check.')),
                ('status', models.CharField(choices=[('candidate', 'Candidate'), ('accepted', 'Accepted'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='candidate', editable=False, max_length=10)),
                ('touched_at', models.DateTimeField(blank=True, editable=False, help_text='When a person last decided or changed it; no machine changes it after that.', null=True)),
            ],
            options={
                'ordering': ['article_version', 'start', 'end'],
                'permissions': [('review_quote', 'Can accept and reject quotes'), ('export_quote', 'Can export decisions on quotes as training data')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuoteCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('standing', models.CharField(choices=[('unchanged', 'Unchanged'), ('moved', 'Moved'), ('altered', 'Altered'), ('gone', 'Gone')], max_length=10)),
                ('start', models.PositiveIntegerField(blank=True, help_text='Where it stands now; empty when it is gone.', null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('found', models.TextField(blank=True, help_text='The characters that stand there now.')),
                ('similarity', models.FloatField(help_text='0 to 1, of the old words and the new.')),
                ('alert', models.CharField(choices=[('none', 'None'), ('open', 'Open'), ('settled', 'Settled')], default='none', editable=False, max_length=10)),
                ('settled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('note', models.TextField(blank=True, help_text='What the desk makes of it.')),
            ],
            options={
                'ordering': ['-pk'],
                'permissions': [('settle_quotecheck', 'Can settle alerts on altered quotes')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuoteCheckEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('standing', models.CharField(choices=[('unchanged', 'Unchanged'), ('moved', 'Moved'), ('altered', 'Altered'), ('gone', 'Gone')], max_length=10)),
                ('start', models.PositiveIntegerField(blank=True, help_text='Where it stands now; empty when it is gone.', null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('found', models.TextField(blank=True, help_text='The characters that stand there now.')),
                ('similarity', models.FloatField(help_text='0 to 1, of the old words and the new.')),
                ('alert', models.CharField(choices=[('none', 'None'), ('open', 'Open'), ('settled', 'Settled')], default='none', editable=False, max_length=10)),
                ('settled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('note', models.TextField(blank=True, help_text='What the desk makes of it.')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('start', models.PositiveIntegerField(help_text='First character, marks included.')),
                ('end', models.PositiveIntegerField(help_text='One behind the last character.')),
                ('fragments', models.JSONField(help_text='[[start, end], …]: the content itself, which a cue may split.')),
                ('text', models.TextField(help_text='The characters from start to end.')),
                ('prefix', models.TextField(blank=True, help_text='The characters before it (W3C selector).')),
                ('suffix', models.TextField(blank=True, help_text='The characters behind it (W3C selector).')),
                ('kind', models.CharField(choices=[('direct', 'Direct'), ('mixed', 'Mixed'), ('indirect', 'Indirect')], max_length=10)),
                ('cue_start', models.PositiveIntegerField(blank=True, null=True)),
                ('cue_end', models.PositiveIntegerField(blank=True, null=True)),
                ('mention_start', models.PositiveIntegerField(blank=True, help_text='Where the article names the speaker for this quote.', null=True)),
                ('mention_end', models.PositiveIntegerField(blank=True, null=True)),
                ('suggested_name', models.CharField(blank=True, help_text='The name that the extractor resolved within the article.', max_length=300)),
                ('candidate_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, help_text='The names it may be, when the extractor was in doubt.', size=None)),
                ('role', models.CharField(blank=True, help_text="The speaker's role as the article gave it.", max_length=300)),
                ('confidence', models.FloatField(help_text='0 to 1: that this is a quotation.')),
                ('check_worthiness', models.FloatField(help_text='0 to 1: that it says something to check.')),
                ('status', models.CharField(choices=[('candidate', 'Candidate'), ('accepted', 'Accepted'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='candidate', editable=False, max_length=10)),
                ('touched_at', models.DateTimeField(blank=True, editable=False, help_text='When a person last decided or changed it; no machine changes it after that.', null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=100)),
                ('value', models.IntegerField(help_text='Its place on the scale; the lowest is the worst.')),
                ('colour', models.CharField(default='#6b7280', help_text='Such as #b91c1c.', max_length=7)),
            ],
            options={
                'ordering': ['scale', 'value'],
            },
        ),
        migrations.CreateModel(
            name='RatingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('label', models.CharField(max_length=100)),
                ('value', models.IntegerField(help_text='Its place on the scale; the lowest is the worst.')),
                ('colour', models.CharField(default='#6b7280', help_text='Such as #b91c1c.', max_length=7)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RatingScale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='RatingScaleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=100)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReplyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('asked', models.CharField(help_text='Who was asked, and how: “press office, by e-mail”.', max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('deadline', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, help_text='The answer, in its own words.')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'request for a reply',
                'verbose_name_plural': 'requests for a reply',
                'ordering': ['claim', 'asked_at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReplyRequestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('asked', models.CharField(help_text='Who was asked, and how: “press office, by e-mail”.', max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('deadline', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, help_text='The answer, in its own words.')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('query', models.CharField(blank=True, help_text='The filters as they stand in the address.', max_length=1000)),
                ('is_shared', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedViewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('query', models.CharField(blank=True, help_text='The filters as they stand in the address.', max_length=1000)),
                ('is_shared', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('newspaper', 'Newspaper'), ('agency', 'News agency'), ('broadcaster', 'Broadcaster'), ('institution', 'Ministry, party or company site'), ('platform', 'Platform'), ('other', 'Other')], default='newspaper', max_length=20)),
                ('domain', models.CharField(blank=True, help_text='The host its articles are on, without www, such as example.org.', max_length=253, null=True)),
                ('language', models.CharField(blank=True, help_text='Such as en or pt-BR.', max_length=12)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('newspaper', 'Newspaper'), ('agency', 'News agency'), ('broadcaster', 'Broadcaster'), ('institution', 'Ministry, party or company site'), ('platform', 'Platform'), ('other', 'Other')], default='newspaper', max_length=20)),
                ('domain', models.CharField(blank=True, help_text='The host its articles are on, without www, such as example.org.', max_length=253, null=True)),
                ('language', models.CharField(blank=True, help_text='Such as en or pt-BR.', max_length=12)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Speaker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(help_text='The full name, as it is printed.', max_length=300)),
                ('key', models.CharField(editable=False, help_text='The name as it is compared.', max_length=300)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation'), ('group', 'Group'), ('anonymous', 'Anonymous'), ('unknown', 'Not known')], default='person', max_length=20)),
                ('description', models.CharField(blank=True, help_text='A few words that tell namesakes apart.', max_length=300)),
                ('wikidata_id', models.CharField(blank=True, help_text='The Wikidata item, such as Q58217.', max_length=20, null=True)),
                ('is_confirmed', models.BooleanField(default=True, help_text='Off while only the extractor has named this speaker.')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'permissions': [('merge_speaker', 'Can merge speakers, and undo it'), ('import_speaker', 'Can import speakers'), ('export_speaker', 'Can export speakers')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SpeakerAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('key', models.CharField(editable=False, max_length=300)),
            ],
            options={
                'verbose_name_plural': 'speaker aliases',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SpeakerAliasEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=300)),
                ('key', models.CharField(editable=False, max_length=300)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SpeakerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(help_text='The full name, as it is printed.', max_length=300)),
                ('key', models.CharField(editable=False, help_text='The name as it is compared.', max_length=300)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation'), ('group', 'Group'), ('anonymous', 'Anonymous'), ('unknown', 'Not known')], default='person', max_length=20)),
                ('description', models.CharField(blank=True, help_text='A few words that tell namesakes apart.', max_length=300)),
                ('wikidata_id', models.CharField(blank=True, help_text='The Wikidata item, such as Q58217.', max_length=20, null=True)),
                ('is_confirmed', models.BooleanField(default=True, help_text='Off while only the extractor has named this speaker.')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SpeakerMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved', models.JSONField(blank=True, default=dict, help_text="Primary keys that moved, by model: {'quote': [1, 2], 'alias': [3]}.")),
                ('merged_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-merged_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SpeakerMergeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('moved', models.JSONField(blank=True, default=dict, help_text="Primary keys that moved, by model: {'quote': [1, 2], 'alias': [3]}.")),
                ('merged_at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name_plural': 'stories',
            },
        ),
        migrations.CreateModel(
            name='StoryEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=100)),
                ('slug', models.SlugField(max_length=100)),
            ],
            options={
                'ordering': ['name'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TopicEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=100)),
                ('slug', models.SlugField(db_index=False, max_length=100)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('number', models.PositiveIntegerField(editable=False, help_text='1 for the first answer.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('superseded', 'Superseded by a correction'), ('retracted', 'Retracted')], default='draft', editable=False, max_length=10)),
                ('summary', models.TextField(blank=True, help_text='The answer in one or two sentences.')),
                ('explanation', models.TextField(blank=True)),
                ('valid_as_of', models.DateField(blank=True, help_text='The day up to which the facts were checked.', null=True)),
                ('correction_note', models.TextField(blank=True, help_text='Public: what was wrong in the version before.')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['claim', '-number'],
                'permissions': [('approve_verdict', 'Can approve, publish and retract verdicts'), ('import_verdict', 'Can import verdicts'), ('export_verdict', 'Can export verdicts')],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VerdictEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('number', models.PositiveIntegerField(editable=False, help_text='1 for the first answer.')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('superseded', 'Superseded by a correction'), ('retracted', 'Retracted')], default='draft', editable=False, max_length=10)),
                ('summary', models.TextField(blank=True, help_text='The answer in one or two sentences.')),
                ('explanation', models.TextField(blank=True)),
                ('valid_as_of', models.DateField(blank=True, help_text='The day up to which the facts were checked.', null=True)),
                ('correction_note', models.TextField(blank=True, help_text='Public: what was wrong in the version before.')),
                ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VerdictWriter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'ordering': ['verdict', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VerdictWriterEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('running', 'Running'), ('done', 'Done'), ('dead', 'Given up')], default='queued', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('lease_token', models.UUIDField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, help_text='Running: when the lease ends. Queued: not begun before.', null=True)),
                ('rung_at', models.DateTimeField(blank=True, help_text='When a message for it was last sent.', null=True)),
                ('error', models.TextField(blank=True, help_text='Why the last attempt failed.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('last_status', models.PositiveSmallIntegerField(blank=True, help_text='The HTTP status of the last answer; empty: none came.', null=True)),
                ('response', models.TextField(blank=True, help_text='The beginning of the last answer.')),
                ('duration_ms', models.PositiveIntegerField(blank=True, help_text='How long the last attempt took.', null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
            ],
            options={
                'verbose_name_plural': 'webhook deliveries',
                'ordering': ['-pk'],
                'abstract': False,
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='WebhookEndpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=120)),
                ('description', models.TextField(blank=True)),
                ('url', models.CharField(help_text='Where events are posted to.', max_length=2000)),
                ('event_types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('quote.accepted', 'Quote accepted'), ('quote.rejected', 'Quote rejected'), ('quote.altered', 'Quote altered or dropped by its outlet'), ('claim.created', 'Claim created'), ('claim.assigned', 'Claim assigned'), ('claim.submitted', 'Claim submitted for approval'), ('claim.returned', 'Claim returned to research'), ('claim.published', 'Claim published'), ('claim.repeated', 'Claim made again'), ('verdict.published', 'First verdict published'), ('verdict.corrected', 'Verdict corrected'), ('verdict.retracted', 'Verdict retracted'), ('article.changed', 'New version of an article'), ('speaker.merged', 'Speakers merged'), ('ping', 'Test event')], max_length=30), help_text='The events that it wants.', size=None)),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('disabled', 'Disabled')], default='active', max_length=10)),
                ('state_reason', models.CharField(blank=True, help_text='Why it is stopped.', max_length=300)),
                ('secret_seed', models.CharField(editable=False, max_length=64)),
                ('former_seed', models.CharField(blank=True, editable=False, max_length=64)),
                ('former_until', models.DateTimeField(blank=True, editable=False, help_text='Until then deliveries carry a signature by the former secret too.', null=True)),
                ('last_success_at', models.DateTimeField(blank=True, null=True)),
                ('failing_since', models.DateTimeField(blank=True, help_text='The first failed attempt since the last success.', null=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'permissions': [('manage_webhooks', 'Can set up webhooks and send events again')],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='WebhookEndpointEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=120)),
                ('description', models.TextField(blank=True)),
                ('url', models.CharField(help_text='Where events are posted to.', max_length=2000)),
                ('event_types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('quote.accepted', 'Quote accepted'), ('quote.rejected', 'Quote rejected'), ('quote.altered', 'Quote altered or dropped by its outlet'), ('claim.created', 'Claim created'), ('claim.assigned', 'Claim assigned'), ('claim.submitted', 'Claim submitted for approval'), ('claim.returned', 'Claim returned to research'), ('claim.published', 'Claim published'), ('claim.repeated', 'Claim made again'), ('verdict.published', 'First verdict published'), ('verdict.corrected', 'Verdict corrected'), ('verdict.retracted', 'Verdict retracted'), ('article.changed', 'New version of an article'), ('speaker.merged', 'Speakers merged'), ('ping', 'Test event')], max_length=30), help_text='The events that it wants.', size=None)),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('disabled', 'Disabled')], default='active', max_length=10)),
                ('state_reason', models.CharField(blank=True, help_text='Why it is stopped.', max_length=300)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AffiliationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(help_text='Such as Foreign Minister.', max_length=200)),
                ('organisation', models.CharField(blank=True, max_length=300)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, help_text='The last day in the role.', null=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.affiliation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What uses it, such as “nightly import”.', max_length=100)),
                ('prefix', models.CharField(editable=False, help_text='Stands in the key itself, so that it can be told which one it is.', max_length=8)),
                ('digest', models.CharField(editable=False, help_text='SHA-256 of the key, which is random.', max_length=64)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', 'Read'), ('ingest', 'Bring in articles, feeds and reviews by others'), ('triage', 'Decide on quotes'), ('desk', 'Work on claims, evidence, verdicts and speakers'), ('admin', 'Webhooks and what keeps the system')], max_length=10), size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(blank=True, help_text='Empty: it does not expire.', null=True)),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_used_at', models.DateTimeField(blank=True, editable=False, help_text='To the minute.', null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_keys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'API key',
                'ordering': ['-pk'],
                'permissions': [('manage_api_keys', 'Can make and revoke API keys of others')],
            },
        ),
        migrations.CreateModel(
            name='ApiKeyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(help_text='What uses it, such as “nightly import”.', max_length=100)),
                ('prefix', models.CharField(editable=False, help_text='Stands in the key itself, so that it can be told which one it is.', max_length=8)),
                ('digest', models.CharField(editable=False, help_text='SHA-256 of the key, which is random.', max_length=64)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('read', 'Read'), ('ingest', 'Bring in articles, feeds and reviews by others'), ('triage', 'Decide on quotes'), ('desk', 'Work on claims, evidence, verdicts and speakers'), ('admin', 'Webhooks and what keeps the system')], max_length=10), size=None)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(blank=True, help_text='Empty: it does not expire.', null=True)),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.apikey')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AppearanceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('stance', models.CharField(choices=[('asserts', 'Asserts'), ('denies', 'Denies'), ('questions', 'Questions')], default='asserts', max_length=10)),
                ('state', models.CharField(choices=[('suggested', 'Suggested'), ('confirmed', 'Confirmed'), ('dismissed', 'Dismissed')], default='suggested', editable=False, max_length=10)),
                ('score', models.FloatField(blank=True, editable=False, help_text='0 to 1.', null=True)),
                ('method', models.CharField(blank=True, editable=False, help_text='What suggested it; empty: a person.', max_length=50)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.appearance')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict_version', models.PositiveIntegerField()),
                ('agrees', models.BooleanField()),
                ('comment', models.TextField(blank=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['verdict', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApprovalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('verdict_version', models.PositiveIntegerField()),
                ('agrees', models.BooleanField()),
                ('comment', models.TextField(blank=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.approval')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('kind', models.CharField(choices=[('news', 'News article'), ('transcript', 'Transcript'), ('release', 'Press release'), ('post', 'Post')], default='news', max_length=12)),
                ('canonical_url', models.TextField(help_text='Trackers and fragments removed; urn:sha256:… for pasted text.')),
                ('url_hash', models.CharField(editable=False, help_text='SHA-256 of the canonical URL: the identity.', max_length=64)),
                ('raw_url', models.TextField(blank=True, help_text='The address as it was first given.')),
                ('title', models.TextField(blank=True)),
                ('byline', models.TextField(blank=True)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('published_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('gone_at', models.DateTimeField(blank=True, editable=False, help_text='Since when its address answers that there is no such page.', null=True)),
                ('copy_of', models.ForeignKey(blank=True, editable=False, help_text='The article whose text this address repeats word for word.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='claims.article')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('published_at'), descending=True, nulls_last=True), '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Fingerprint',
            fields=[
                ('article_version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='fingerprint', serialize=False, to='claims.articleversion')),
                ('minhash', models.BinaryField(help_text='Little-endian 32-bit minima, one a permutation.')),
                ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), help_text='A hash a band: two texts that share one are compared. Empty for a text that is found by one that is all but the same.', size=None)),
                ('shingles', models.PositiveIntegerField(help_text='Distinct word shingles of the text.')),
            ],
        ),
        migrations.AddField(
            model_name='articleversion',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='claims.article'),
        ),
        migrations.CreateModel(
            name='ArticleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, help_text='Rises by one with every change of the row.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('kind', models.CharField(choices=[('news', 'News article'), ('transcript', 'Transcript'), ('release', 'Press release'), ('post', 'Post')], default='news', max_length=12)),
                ('canonical_url', models.TextField(help_text='Trackers and fragments removed; urn:sha256:… for pasted text.')),
                ('url_hash', models.CharField(editable=False, help_text='SHA-256 of the canonical URL: the identity.', max_length=64)),
                ('raw_url', models.TextField(blank=True, help_text='The address as it was first given.')),
                ('title', models.TextField(blank=True)),
                ('byline', models.TextField(blank=True)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('gone_at', models.DateTimeField(blank=True, editable=False, help_text='Since when its address answers that there is no such page.', null=True)),
                ('copy_of', models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The article whose text this address repeats word for word.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.article')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.article')),
                ('current_version', models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The text as it stood at the last fetch.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.articleversion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='article',
            name='current_version',
            field=models.ForeignKey(blank=True, editable=False, help_text='The text as it stood at the last fetch.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.articleversion'),
        ),
        migrations.CreateModel(
            name='ArticleVersionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveIntegerField(help_text='1 for the first text that was seen.')),
                ('sha256', models.CharField(help_text='SHA-256 of the text as UTF-8.', max_length=64)),
                ('fetched_at', models.DateTimeField()),
                ('snapshot', models.FileField(blank=True, help_text='What was received, byte for byte.', max_length=200, upload_to='')),
                ('snapshot_sha256', models.CharField(blank=True, max_length=64)),
                ('content_type', models.CharField(blank=True, max_length=100)),
                ('article', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.article')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.articleversion')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CandidateHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-until'],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('resource', models.CharField(help_text='What the API calls such rows.', max_length=30)),
                ('object_id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('created', 'Created'), ('updated', 'Updated'), ('deleted', 'Deleted')], max_length=7)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('xid', models.BigIntegerField(default=1, help_text='The transaction that made it; 1 for what a backup brought.')),
            ],
            options={
                'ordering': ['pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['xid', 'id'], name='change_by_transaction')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['created', 'deleted', 'updated'])), name='change_kind_known')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='change',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b9a4908f385ecd1cf896535ebc253a5264109a6d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1c98d', table='claims_change', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='changeepoch',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='change_epoch_one_row'),
        ),
        migrations.AddField(
            model_name='claim',
            name='assignee',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assigned_claims', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claim',
            name='created_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='created_claims', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appearanceevent',
            name='claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='appearance',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='claimevent',
            name='assignee',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claimevent',
            name='created_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claimevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='claimlink',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claimlink',
            name='from_claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_out', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='claimlink',
            name='to_claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_in', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='claimlinkevent',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claimlinkevent',
            name='from_claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='claimlinkevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.claimlink'),
        ),
        migrations.AddField(
            model_name='claimlinkevent',
            name='to_claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='claimtopicevent',
            name='claim',
            field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='comment',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='commentevent',
            name='author',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='commentevent',
            name='claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='commentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.comment'),
        ),
        migrations.AddField(
            model_name='decision',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='claim',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='actor',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='claim',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.decision'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='added_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evidence',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='added_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.evidence'),
        ),
        migrations.AddField(
            model_name='externalreview',
            name='imported_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='externalreviewevent',
            name='imported_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='externalreviewevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.externalreview'),
        ),
        migrations.AddField(
            model_name='extractionrun',
            name='article_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='extractionrunevent',
            name='article_version',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='extractionrunevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.extractionrun'),
        ),
        migrations.AddField(
            model_name='feedevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.feed'),
        ),
        migrations.AddField(
            model_name='fetch',
            name='article',
            field=models.ForeignKey(blank=True, help_text='What it is to be read again for, or what came of it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fetches', to='claims.article'),
        ),
        migrations.AddField(
            model_name='fetch',
            name='article_version',
            field=models.ForeignKey(blank=True, help_text='The text that the address gave.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fetches', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='fetch',
            name='feed',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='fetches', to='claims.feed'),
        ),
        migrations.AddField(
            model_name='evidenceevent',
            name='fetch',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The reading of its address that the archived copy is from.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.fetch'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='fetch',
            field=models.ForeignKey(blank=True, editable=False, help_text='The reading of its address that the archived copy is from.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='claims.fetch'),
        ),
        migrations.AddField(
            model_name='fetchevent',
            name='article',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='What it is to be read again for, or what came of it.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.article'),
        ),
        migrations.AddField(
            model_name='fetchevent',
            name='article_version',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The text that the address gave.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='fetchevent',
            name='feed',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.feed'),
        ),
        migrations.AddField(
            model_name='fetchevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.fetch'),
        ),
        migrations.AddConstraint(
            model_name='heartbeat',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='heartbeat_name_filled'),
        ),
        migrations.AddConstraint(
            model_name='host',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='host_name_filled'),
        ),
        migrations.AddField(
            model_name='idempotentanswer',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importdraft',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='import_drafts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='keptfigures',
            constraint=models.UniqueConstraint(fields=('days', 'with_embargoed'), name='kept_figures_once'),
        ),
        migrations.AddField(
            model_name='notification',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notification',
            name='claim',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='notification',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notificationchoice',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notification_choices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='outboxentry',
            name='claim',
            field=models.ForeignKey(blank=True, help_text='With which the event is hidden from those who may not know of it.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='quote',
            name='article_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='quote',
            name='copy_of',
            field=models.ForeignKey(blank=True, editable=False, help_text='The same words, where they are looked at: in the article of the story that had them first, in an earlier text of the article, or where they were reviewed.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='quote',
            name='run',
            field=models.ForeignKey(blank=True, editable=False, help_text='The run that found it last; empty for a quote marked by a person.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='claims.extractionrun'),
        ),
        migrations.AddField(
            model_name='notification',
            name='quote',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='quote',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='decision',
            name='quote',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='candidatehold',
            name='quote',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='hold', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='appearanceevent',
            name='quote',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='appearance',
            name='quote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='quotecheck',
            name='article_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quote_checks', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='quotecheck',
            name='quote',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='quotecheck',
            name='settled_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='quotecheckevent',
            name='article_version',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='quotecheckevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.quotecheck'),
        ),
        migrations.AddField(
            model_name='quotecheckevent',
            name='quote',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='quotecheckevent',
            name='settled_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='quoteevent',
            name='article_version',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.articleversion'),
        ),
        migrations.AddField(
            model_name='quoteevent',
            name='copy_of',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The same words, where they are looked at: in the article of the story that had them first, in an earlier text of the article, or where they were reviewed.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='quoteevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.quote'),
        ),
        migrations.AddField(
            model_name='quoteevent',
            name='run',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The run that found it last; empty for a quote marked by a person.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.extractionrun'),
        ),
        migrations.AddField(
            model_name='ratingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.rating'),
        ),
        migrations.AddConstraint(
            model_name='ratingscale',
            constraint=models.UniqueConstraint(fields=('name',), name='scale_name_once'),
        ),
        migrations.AddField(
            model_name='ratingevent',
            name='scale',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.ratingscale'),
        ),
        migrations.AddField(
            model_name='rating',
            name='scale',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='claims.ratingscale'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingscale',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'rating-scales', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='c90906b7b3b4c1d51a343093ea61320664e24d06', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_9a614', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_ratingscale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingscale',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'rating-scales\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."name") IS DISTINCT FROM (new_values."id", new_values."name")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='8bac77e952da95bb118dbfe8df72961a4b3ea117', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_b4f20', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_ratingscale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingscale',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'rating-scales', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='1dc904e0ca914df6cebac17c365815adff2c0371', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_0529b', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_ratingscale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingscale',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='050911514004dba0a1848786df6e9e880d4d7508', operation='UPDATE', pgid='pgtrigger_keep_key_30025', table='claims_ratingscale', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingscale',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_ratingscaleevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c8136dd93d5507278aeb6d41e2f16390eab0b00f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cee2b', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_ratingscale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingscale',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_ratingscaleevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7ef96a78fa6073aeada6e0c9e2e4113a2db91996', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0bfc9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_ratingscale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingscale',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_ratingscaleevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3ad5fbaa9cf9f57ddb43d74f5b3c979ef0f007c3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fef73', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_ratingscale', when='AFTER')),
        ),
        migrations.AddField(
            model_name='ratingscaleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.ratingscale'),
        ),
        migrations.AddField(
            model_name='replyrequest',
            name='asked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='replyrequest',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reply_requests', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='replyrequestevent',
            name='asked_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='replyrequestevent',
            name='claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='replyrequestevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.replyrequest'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedviewevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='savedviewevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.savedview'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('name',), name='source_name_once'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('domain',), name='source_domain_once'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='source_name_filled'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('domain', ''), _negated=True), name='source_domain_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['agency', 'broadcaster', 'institution', 'newspaper', 'other', 'platform'])), name='source_kind_known'),
        ),
        migrations.AddField(
            model_name='feedevent',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.source'),
        ),
        migrations.AddField(
            model_name='feed',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='claims.source'),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.source'),
        ),
        migrations.AddField(
            model_name='article',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='claims.source'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='f4f68cd77e5d60ccb2255e59aac8d36f29f4d8da', operation='UPDATE', pgid='pgtrigger_count_version_c9817', table='claims_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'sources', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='43c8cabaa64290a08a6fab4c5e712e8c2b0fe2ff', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_c5995', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'sources\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."name", old_values."kind", old_values."domain", old_values."language") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."name", new_values."kind", new_values."domain", new_values."language")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='b6b1a943c79243c88c21180d356703289aefabad', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_e7267', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'sources', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='ba24cf1bf20cdd088a1c63ff5838aab23ae92bef', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_77bf9', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='526a625ee34c59299db5b2272c70b9f78b2fdc77', operation='UPDATE', pgid='pgtrigger_keep_key_51662', table='claims_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_sourceevent" ("created_at", "domain", "id", "kind", "language", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") SELECT new_values."created_at", new_values."domain", new_values."id", new_values."kind", new_values."language", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='04b78da295ac887107d34a60d453a2ba70e0a21f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bbb94', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_sourceevent" ("created_at", "domain", "id", "kind", "language", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") SELECT new_values."created_at", new_values."domain", new_values."id", new_values."kind", new_values."language", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ebb01eb949a8a341be3aac0bdc8d4ec662c30612', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fde8d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_sourceevent" ("created_at", "domain", "id", "kind", "language", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version") SELECT old_values."created_at", old_values."domain", old_values."id", old_values."kind", old_values."language", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='84e3fb6fa026d5fa78824c0154749ddab84c9feb', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_249e2', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_source', when='AFTER')),
        ),
        migrations.AddField(
            model_name='sourceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.source'),
        ),
        migrations.AddField(
            model_name='speaker',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, help_text='The speaker that this row now redirects to.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='replyrequestevent',
            name='speaker',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Whom the claim is by or about, when it is somebody of the record.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='replyrequest',
            name='speaker',
            field=models.ForeignKey(blank=True, help_text='Whom the claim is by or about, when it is somebody of the record.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reply_requests', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='quoteevent',
            name='speaker',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='quote',
            name='speaker',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='quotes', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='affiliationevent',
            name='speaker',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='affiliation',
            name='speaker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='speakeralias',
            name='speaker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='speakeraliasevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.speakeralias'),
        ),
        migrations.AddField(
            model_name='speakeraliasevent',
            name='speaker',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='speakerevent',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The speaker that this row now redirects to.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='speakerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='speakermerge',
            name='absorbed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_absorbed', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='speakermerge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_kept', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='speakermerge',
            name='merged_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='speakermergeevent',
            name='absorbed',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='speakermergeevent',
            name='kept',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.speaker'),
        ),
        migrations.AddField(
            model_name='speakermergeevent',
            name='merged_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='speakermergeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.speakermerge'),
        ),
        migrations.AddField(
            model_name='articleevent',
            name='story',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The articles that carry nearly the same text.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.story'),
        ),
        migrations.AddField(
            model_name='article',
            name='story',
            field=models.ForeignKey(blank=True, editable=False, help_text='The articles that carry nearly the same text.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='claims.story'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='story',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8a37360bf43903048ce564b7fda0a36b0f924093', operation='UPDATE', pgid='pgtrigger_keep_key_edc95', table='claims_story', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='story',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_storyevent" ("created_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."created_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9ee611fd37dc2e16bf13326dde6609d797be14ce', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_448d2', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_story', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='story',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_storyevent" ("created_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."created_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0ee491ecb214ad7e9382155db709948f23c345fb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d12b4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_story', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='story',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_storyevent" ("created_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."created_at", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b352332650098d7103da1b98810ffe8c1b606c26', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ba40e', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_story', when='AFTER')),
        ),
        migrations.AddField(
            model_name='storyevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.story'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(fields=('name',), name='topic_name_once'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(fields=('slug',), name='topic_slug_once'),
        ),
        migrations.AddField(
            model_name='claimtopicevent',
            name='topic',
            field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.topic'),
        ),
        migrations.AddField(
            model_name='claim',
            name='topics',
            field=models.ManyToManyField(blank=True, related_name='claims', to='claims.topic'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='1d14a599c2358aa8f14a1364c7a48d968426b435', operation='UPDATE', pgid='pgtrigger_count_version_3a632', table='claims_topic', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'topics', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='a928f82f3320a86bc92ff1f87d953f70dfe9ddc8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_5faea', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'topics\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."name", old_values."slug") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."name", new_values."slug")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='0322245bcef81ef088d536b5280c3a6a8d5382dd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_7009b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'topics', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='05b0c91bf55c91fdec64b89f3a294ff712ccabde', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_0f4af', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6526c383a08da3ebde570e3273ac7f90ee5cdd4d', operation='UPDATE', pgid='pgtrigger_keep_key_ece8d', table='claims_topic', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_topicevent" ("created_at", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at", "version") SELECT new_values."created_at", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."slug", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='21fea2d3f9aaae2e89cf9be1a4b32606023816c1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5f998', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_topicevent" ("created_at", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at", "version") SELECT new_values."created_at", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."slug", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0a4fdaaf0a1cf0c62a2411666978de5a9ac7ac45', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_010ac', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_topic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_topicevent" ("created_at", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "updated_at", "version") SELECT old_values."created_at", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."slug", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='87fda3f84444294245e6c85e9ef5971f879c220e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a32b8', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_topic', when='AFTER')),
        ),
        migrations.AddField(
            model_name='topicevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.topic'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='approver',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approved_verdicts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='verdict',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='verdict',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='rating',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='claims.rating'),
        ),
        migrations.AddField(
            model_name='decisionevent',
            name='verdict',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.verdict'),
        ),
        migrations.AddField(
            model_name='decision',
            name='verdict',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='claims.verdict'),
        ),
        migrations.AddField(
            model_name='approvalevent',
            name='verdict',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.verdict'),
        ),
        migrations.AddField(
            model_name='approval',
            name='verdict',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='claims.verdict'),
        ),
        migrations.AddField(
            model_name='verdictevent',
            name='approver',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='verdictevent',
            name='author',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='verdictevent',
            name='claim',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='verdictevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.verdict'),
        ),
        migrations.AddField(
            model_name='verdictevent',
            name='rating',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.rating'),
        ),
        migrations.AddField(
            model_name='verdictwriter',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='verdictwriter',
            name='verdict',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='writers', to='claims.verdict'),
        ),
        migrations.AddField(
            model_name='verdictwriterevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.verdictwriter'),
        ),
        migrations.AddField(
            model_name='verdictwriterevent',
            name='user',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='verdictwriterevent',
            name='verdict',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.verdict'),
        ),
        migrations.AddField(
            model_name='webhookdelivery',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='claims.outboxentry'),
        ),
        migrations.AddField(
            model_name='webhookendpoint',
            name='owner',
            field=models.ForeignKey(help_text='Is told when it fails; what they may not know of is not delivered.', on_delete=django.db.models.deletion.PROTECT, related_name='webhook_endpoints', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='webhookdelivery',
            name='endpoint',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='claims.webhookendpoint'),
        ),
        migrations.AddField(
            model_name='notification',
            name='endpoint',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='claims.webhookendpoint'),
        ),
        migrations.AddField(
            model_name='webhookendpointevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, help_text='Is told when it fails; what they may not know of is not delivered.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='webhookendpointevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.webhookendpoint'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.UniqueConstraint(fields=('prefix',), name='api_key_prefix_once'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='api_key_digest_form'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['admin', 'desk', 'ingest', 'read', 'triage']), models.Q(('scopes', []), _negated=True)), name='api_key_scopes_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikey',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4d299a9ad4a4342a45553ad47b297ab054550e06', operation='UPDATE', pgid='pgtrigger_keep_key_d9a1a', table='claims_apikey', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikey',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_apikeyevent" ("created_at", "digest", "expires_at", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "scopes") SELECT new_values."created_at", new_values."digest", new_values."expires_at", new_values."id", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."prefix", new_values."revoked_at", new_values."scopes" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='09d947fd04060e540e1332e24e60893e5503e19f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7da2f', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_apikey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikey',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_apikeyevent" ("created_at", "digest", "expires_at", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "scopes") SELECT new_values."created_at", new_values."digest", new_values."expires_at", new_values."id", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."prefix", new_values."revoked_at", new_values."scopes" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."digest" IS DISTINCT FROM (new_values."digest") OR old_values."expires_at" IS DISTINCT FROM (new_values."expires_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."prefix" IS DISTINCT FROM (new_values."prefix") OR old_values."revoked_at" IS DISTINCT FROM (new_values."revoked_at") OR old_values."scopes" IS DISTINCT FROM (new_values."scopes")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d262cdaab7eda9fca4c853f67a3b69ff128e6a98', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_638fb', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_apikey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikey',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_apikeyevent" ("created_at", "digest", "expires_at", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "scopes") SELECT old_values."created_at", old_values."digest", old_values."expires_at", old_values."id", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."prefix", old_values."revoked_at", old_values."scopes" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f46218a717095750245a8830c6d7c08a48fd825b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_db2eb', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_apikey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikeyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cef228d415290df3b1b65f2207be20cfbbbcb0a9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2ef84', table='claims_apikeyevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='fingerprint',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['bands'], name='fingerprint_bands'),
        ),
        migrations.AddIndex(
            model_name='articleversion',
            index=models.Index(fields=['sha256'], name='version_by_hash'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.UniqueConstraint(fields=('article', 'sha256'), name='version_text_once'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.UniqueConstraint(fields=('article', 'number'), name='version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='version_number_positive'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='version_text_filled'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='version_hash_form'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleversion',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='28983cf2dad9477bd77569c09ee4f2f276f3f113', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f77ff', table='claims_articleversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleversion',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'article-versions', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='13d20f70da2eb00fd03fe8da237276ef58e920b4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_defdd', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_articleversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleversion',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'article-versions\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."article_id", old_values."number", old_values."text", old_values."sha256", old_values."fetched_at", old_values."snapshot", old_values."snapshot_sha256", old_values."content_type") IS DISTINCT FROM (new_values."id", new_values."article_id", new_values."number", new_values."text", new_values."sha256", new_values."fetched_at", new_values."snapshot", new_values."snapshot_sha256", new_values."content_type")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='0c210c85069ea83308e2fcb30f30df91312e16b0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_80c0b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_articleversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleversion',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'article-versions', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='b00c614620b71dfdacf3cfabbde38e3c06b153a0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_28e92', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_articleversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleversion',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8bb901980a26d5606c3d989ca97e53f60a0e05ec', operation='UPDATE', pgid='pgtrigger_keep_key_9ca20', table='claims_articleversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_articleversionevent" ("article_id", "content_type", "fetched_at", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "snapshot", "snapshot_sha256") SELECT new_values."article_id", new_values."content_type", new_values."fetched_at", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."sha256", new_values."snapshot", new_values."snapshot_sha256" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c2b1580dae9a6343bf2bfb1f55b6c16f94560a1d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c3c42', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_articleversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_articleversionevent" ("article_id", "content_type", "fetched_at", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "snapshot", "snapshot_sha256") SELECT new_values."article_id", new_values."content_type", new_values."fetched_at", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."sha256", new_values."snapshot", new_values."snapshot_sha256" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."article_id" IS DISTINCT FROM (new_values."article_id") OR old_values."content_type" IS DISTINCT FROM (new_values."content_type") OR old_values."fetched_at" IS DISTINCT FROM (new_values."fetched_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."snapshot" IS DISTINCT FROM (new_values."snapshot") OR old_values."snapshot_sha256" IS DISTINCT FROM (new_values."snapshot_sha256")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0d1fc08eae20ad3439a01a0e83910e141aac84b2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1205a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_articleversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_articleversionevent" ("article_id", "content_type", "fetched_at", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "snapshot", "snapshot_sha256") SELECT old_values."article_id", old_values."content_type", old_values."fetched_at", old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."sha256", old_values."snapshot", old_values."snapshot_sha256" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3f7ea53e94faeb5f1effdf6ab9166f23e0d2173b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ef837', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_articleversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleversionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='19ea735425102db251cf308ebce4d023b8441be9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a3ce7', table='claims_articleversionevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0342f9354d975fc258a2169f5a68f2fcb6b672f7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aeef3', table='claims_claimevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='claimlink',
            constraint=models.UniqueConstraint(fields=('from_claim', 'to_claim', 'relation'), name='claim_link_once'),
        ),
        migrations.AddConstraint(
            model_name='claimlink',
            constraint=models.CheckConstraint(condition=models.Q(('from_claim', models.F('to_claim')), _negated=True), name='claim_link_of_two', violation_error_message='A claim cannot be linked to itself.'),
        ),
        migrations.AddConstraint(
            model_name='claimlink',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['contradicts', 'narrows', 'supersedes'])), name='claim_link_known'),
        ),
        migrations.AddConstraint(
            model_name='claimlink',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['confirmed', 'dismissed', 'suggested'])), name='claim_link_state_known'),
        ),
        migrations.AddConstraint(
            model_name='claimlink',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__range', (0, 1)), _connector='OR'), name='claim_link_score_share'),
        ),
        migrations.AddConstraint(
            model_name='claimlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_by__isnull', False), _connector='OR'), name='claim_link_confirmed_by_people'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimlink',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='7676b766af1b224e278d9474253e8ce5314c9954', operation='UPDATE', pgid='pgtrigger_count_version_968ab', table='claims_claimlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimlink',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claim-links', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='0539d66dfe9af0c8702b0d7687478c515657b014', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_7c110', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_claimlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimlink',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'claim-links\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."from_claim_id", old_values."to_claim_id", old_values."relation", old_values."confirmed_by_id", old_values."state", old_values."score", old_values."method") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."from_claim_id", new_values."to_claim_id", new_values."relation", new_values."confirmed_by_id", new_values."state", new_values."score", new_values."method")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='ebc3c123526483b2dc2c8ad4bf336890ffae8918', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_63b72', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_claimlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimlink',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claim-links', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='69e6ff44876fb80b092d20fad1d799d7ad211a7a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_dca3d', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_claimlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimlink',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4d07a98eb4e808f25da765e0c47c3755682b820f', operation='UPDATE', pgid='pgtrigger_keep_key_2dd64', table='claims_claimlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimlink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimlinkevent" ("confirmed_by_id", "created_at", "from_claim_id", "id", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "score", "state", "to_claim_id", "updated_at", "version") SELECT new_values."confirmed_by_id", new_values."created_at", new_values."from_claim_id", new_values."id", new_values."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."relation", new_values."score", new_values."state", new_values."to_claim_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e286a815ebdc8620f6427f3f32cbd493b339d706', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c1565', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_claimlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimlink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimlinkevent" ("confirmed_by_id", "created_at", "from_claim_id", "id", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "score", "state", "to_claim_id", "updated_at", "version") SELECT new_values."confirmed_by_id", new_values."created_at", new_values."from_claim_id", new_values."id", new_values."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."relation", new_values."score", new_values."state", new_values."to_claim_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='00a37ec8cc0b750e1e5bf989fcd618bf000648f7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1826b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_claimlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimlink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimlinkevent" ("confirmed_by_id", "created_at", "from_claim_id", "id", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation", "score", "state", "to_claim_id", "updated_at", "version") SELECT old_values."confirmed_by_id", old_values."created_at", old_values."from_claim_id", old_values."id", old_values."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."relation", old_values."score", old_values."state", old_values."to_claim_id", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='19e75f2eee5500381bcdbad52a0d5082b725a1c6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_adf39', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_claimlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimlinkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1c6dbbc70ce71219e7b67a279ca6a7127640c1d0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_34ce9', table='claims_claimlinkevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_filled'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4a1827f187766cd20b5e0ac5cbc9575fb72daeb4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_746b4', table='claims_comment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8681cae7a48bec101be013ff7eb2cbc7de93a6bd', operation='UPDATE', pgid='pgtrigger_keep_key_a3d04', table='claims_comment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_commentevent" ("author_id", "claim_id", "created_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."author_id", new_values."claim_id", new_values."created_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4936d337d59bb95ded20bd5795797ff1ef8b67dc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3b7ba', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_commentevent" ("author_id", "claim_id", "created_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."author_id", new_values."claim_id", new_values."created_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='13507e3434ab4472e44fb946855f795f116e0f19', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e1935', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_commentevent" ("author_id", "claim_id", "created_at", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT old_values."author_id", old_values."claim_id", old_values."created_at", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2bfdc9707c333319cb77b8432a4c4edb46cf0c1c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e4a2e', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_comment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7eaa01be7d352355a3e5d10cb04be5011d7aad61', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7946c', table='claims_commentevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='externalreview',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(django.db.models.functions.text.Left('claim_text', 100000), config='english'), name='external_review_search'),
        ),
        migrations.AddIndex(
            model_name='externalreview',
            index=models.Index(fields=['publisher_site', '-id'], name='external_review_by_site'),
        ),
        migrations.AddConstraint(
            model_name='externalreview',
            constraint=models.UniqueConstraint(fields=('url_hash', 'claim_hash'), name='external_review_once'),
        ),
        migrations.AddConstraint(
            model_name='externalreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), models.Q(('claim_text', ''), _negated=True)), name='external_review_says_something'),
        ),
        migrations.AddConstraint(
            model_name='externalreview',
            constraint=models.CheckConstraint(condition=models.Q(('imported_by__isnull', False), models.Q(('job', ''), _negated=True), _connector='OR'), name='external_review_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalreview',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='149d2bae3ca49eb2845265d96da69b21f37dee2f', operation='UPDATE', pgid='pgtrigger_count_version_8a750', table='claims_externalreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalreview',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'external-reviews', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='0e51b1b76b4a618c6b023eae9912620d70e9ea79', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_1aff2', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_externalreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalreview',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'external-reviews\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."url", old_values."url_hash", old_values."claim_hash", old_values."claim_text", old_values."claimant", old_values."claim_date", old_values."publisher_name", old_values."publisher_site", old_values."title", old_values."rating_label", old_values."rating_value", old_values."best_rating", old_values."worst_rating", old_values."language", old_values."reviewed_at", old_values."raw", old_values."imported_at", old_values."imported_by_id", old_values."job") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."url", new_values."url_hash", new_values."claim_hash", new_values."claim_text", new_values."claimant", new_values."claim_date", new_values."publisher_name", new_values."publisher_site", new_values."title", new_values."rating_label", new_values."rating_value", new_values."best_rating", new_values."worst_rating", new_values."language", new_values."reviewed_at", new_values."raw", new_values."imported_at", new_values."imported_by_id", new_values."job")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='4c8daaf25ca4ddbb5cf19441796fabdf7286c134', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_af38f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_externalreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalreview',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'external-reviews', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='c65e76bc21104ce3ae1a9dc24e9aabae4c022133', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_5cc00', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_externalreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalreview',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='be2ce19bb974bb17f23c70c99e36a172f5d23eaa', operation='UPDATE', pgid='pgtrigger_keep_key_585b7', table='claims_externalreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalreview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_externalreviewevent" ("best_rating", "claim_date", "claim_hash", "claim_text", "claimant", "created_at", "id", "imported_at", "imported_by_id", "job", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher_name", "publisher_site", "rating_label", "rating_value", "raw", "reviewed_at", "title", "updated_at", "url", "url_hash", "version", "worst_rating") SELECT new_values."best_rating", new_values."claim_date", new_values."claim_hash", new_values."claim_text", new_values."claimant", new_values."created_at", new_values."id", new_values."imported_at", new_values."imported_by_id", new_values."job", new_values."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."publisher_name", new_values."publisher_site", new_values."rating_label", new_values."rating_value", new_values."raw", new_values."reviewed_at", new_values."title", new_values."updated_at", new_values."url", new_values."url_hash", new_values."version", new_values."worst_rating" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='87a51fa211581f6ff4b829e15e157238d9584c76', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b2351', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_externalreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalreview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_externalreviewevent" ("best_rating", "claim_date", "claim_hash", "claim_text", "claimant", "created_at", "id", "imported_at", "imported_by_id", "job", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher_name", "publisher_site", "rating_label", "rating_value", "raw", "reviewed_at", "title", "updated_at", "url", "url_hash", "version", "worst_rating") SELECT new_values."best_rating", new_values."claim_date", new_values."claim_hash", new_values."claim_text", new_values."claimant", new_values."created_at", new_values."id", new_values."imported_at", new_values."imported_by_id", new_values."job", new_values."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."publisher_name", new_values."publisher_site", new_values."rating_label", new_values."rating_value", new_values."raw", new_values."reviewed_at", new_values."title", new_values."updated_at", new_values."url", new_values."url_hash", new_values."version", new_values."worst_rating" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='65b02e39d19fa07b68d18a9fdf59dea0d58f538d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c8151', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_externalreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalreview',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_externalreviewevent" ("best_rating", "claim_date", "claim_hash", "claim_text", "claimant", "created_at", "id", "imported_at", "imported_by_id", "job", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher_name", "publisher_site", "rating_label", "rating_value", "raw", "reviewed_at", "title", "updated_at", "url", "url_hash", "version", "worst_rating") SELECT old_values."best_rating", old_values."claim_date", old_values."claim_hash", old_values."claim_text", old_values."claimant", old_values."created_at", old_values."id", old_values."imported_at", old_values."imported_by_id", old_values."job", old_values."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."publisher_name", old_values."publisher_site", old_values."rating_label", old_values."rating_value", old_values."raw", old_values."reviewed_at", old_values."title", old_values."updated_at", old_values."url", old_values."url_hash", old_values."version", old_values."worst_rating" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6a6f9be50098c9e0f69b2c76926fe7d0539097b7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8cbb5', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_externalreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalreviewevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='98917793dcc5d47107b09fd091abb27577acb169', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8053d', table='claims_externalreviewevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='extractionrun',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['due_at'], name='run_due'),
        ),
        migrations.AddIndex(
            model_name='extractionrun',
            index=models.Index(condition=models.Q(('state__in', ['done', 'dead'])), fields=['state', '-finished_at'], name='run_ended'),
        ),
        migrations.AddConstraint(
            model_name='extractionrun',
            constraint=models.UniqueConstraint(fields=('article_version', 'extractor'), name='run_once_a_version'),
        ),
        migrations.AddConstraint(
            model_name='extractionrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['dead', 'done', 'queued', 'running'])), name='run_state_known'),
        ),
        migrations.AddConstraint(
            model_name='extractionrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('lease_token__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_token__isnull', True)), _connector='OR'), name='run_leased_while_running'),
        ),
        migrations.AddConstraint(
            model_name='extractionrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('finished_at__isnull', False), ('quotes_found__isnull', False)), _connector='OR'), name='run_done_is_counted'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extractionrun',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'runs', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='66b6165f82312c71f9428852adbd8ce55f870000', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_597f5', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_extractionrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extractionrun',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'runs\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."state", old_values."attempts", old_values."error", old_values."created_at", old_values."finished_at", old_values."article_version_id", old_values."extractor", old_values."quotes_found", old_values."quotes_held_back", old_values."quotes_added", old_values."quotes_withdrawn", old_values."duration_ms") IS DISTINCT FROM (new_values."id", new_values."state", new_values."attempts", new_values."error", new_values."created_at", new_values."finished_at", new_values."article_version_id", new_values."extractor", new_values."quotes_found", new_values."quotes_held_back", new_values."quotes_added", new_values."quotes_withdrawn", new_values."duration_ms")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='e89886b2f67b3534d35bc6041582d8518c820fe3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_09a96', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_extractionrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extractionrun',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'runs', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='e3f59de263dd947be2a370d0517f74713baf0fe1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_407ae', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_extractionrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extractionrun',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6efd9c68ef1707feb9827f43ca5783a132885571', operation='UPDATE', pgid='pgtrigger_keep_key_f7bad', table='claims_extractionrun', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extractionrun',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_extractionrunevent" ("article_version_id", "attempts", "created_at", "due_at", "duration_ms", "error", "extractor", "finished_at", "id", "lease_token", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotes_added", "quotes_found", "quotes_held_back", "quotes_withdrawn", "state") SELECT new_values."article_version_id", new_values."attempts", new_values."created_at", new_values."due_at", new_values."duration_ms", new_values."error", new_values."extractor", new_values."finished_at", new_values."id", new_values."lease_token", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."quotes_added", new_values."quotes_found", new_values."quotes_held_back", new_values."quotes_withdrawn", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='50a7c8b95401285e914cb5beeca8d2bd63339fc5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_df48a', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_extractionrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extractionrun',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_extractionrunevent" ("article_version_id", "attempts", "created_at", "due_at", "duration_ms", "error", "extractor", "finished_at", "id", "lease_token", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotes_added", "quotes_found", "quotes_held_back", "quotes_withdrawn", "state") SELECT new_values."article_version_id", new_values."attempts", new_values."created_at", new_values."due_at", new_values."duration_ms", new_values."error", new_values."extractor", new_values."finished_at", new_values."id", new_values."lease_token", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."quotes_added", new_values."quotes_found", new_values."quotes_held_back", new_values."quotes_withdrawn", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."article_version_id" IS DISTINCT FROM (new_values."article_version_id") OR old_values."attempts" IS DISTINCT FROM (new_values."attempts") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."due_at" IS DISTINCT FROM (new_values."due_at") OR old_values."duration_ms" IS DISTINCT FROM (new_values."duration_ms") OR old_values."error" IS DISTINCT FROM (new_values."error") OR old_values."extractor" IS DISTINCT FROM (new_values."extractor") OR old_values."finished_at" IS DISTINCT FROM (new_values."finished_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."lease_token" IS DISTINCT FROM (new_values."lease_token") OR old_values."quotes_added" IS DISTINCT FROM (new_values."quotes_added") OR old_values."quotes_found" IS DISTINCT FROM (new_values."quotes_found") OR old_values."quotes_held_back" IS DISTINCT FROM (new_values."quotes_held_back") OR old_values."quotes_withdrawn" IS DISTINCT FROM (new_values."quotes_withdrawn") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6c6f72bb3a2b89aad6c87e572885637a2b774325', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6999f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_extractionrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extractionrun',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_extractionrunevent" ("article_version_id", "attempts", "created_at", "due_at", "duration_ms", "error", "extractor", "finished_at", "id", "lease_token", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quotes_added", "quotes_found", "quotes_held_back", "quotes_withdrawn", "state") SELECT old_values."article_version_id", old_values."attempts", old_values."created_at", old_values."due_at", old_values."duration_ms", old_values."error", old_values."extractor", old_values."finished_at", old_values."id", old_values."lease_token", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."quotes_added", old_values."quotes_found", old_values."quotes_held_back", old_values."quotes_withdrawn", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b2f84e00f72c52db1ee6418ba223d5bdb51fb4a8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7b6e4', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_extractionrun', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extractionrunevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='40924b913676ab5a7f0e17d75394f536bfe1e300', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9e31a', table='claims_extractionrunevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='fetch',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['due_at'], name='fetch_due'),
        ),
        migrations.AddIndex(
            model_name='fetch',
            index=models.Index(condition=models.Q(('state__in', ['done', 'dead'])), fields=['state', '-finished_at'], name='fetch_ended'),
        ),
        migrations.AddIndex(
            model_name='fetch',
            index=models.Index(fields=['url_hash'], name='fetch_by_url'),
        ),
        migrations.AddIndex(
            model_name='fetch',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['host', 'due_at'], name='fetch_turn'),
        ),
        migrations.AddConstraint(
            model_name='fetch',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'running'])), fields=('url_hash', 'purpose'), name='fetch_open_once'),
        ),
        migrations.AddConstraint(
            model_name='fetch',
            constraint=models.UniqueConstraint(condition=models.Q(('purpose', 'feed')), fields=('url_hash',), name='fetch_found_once'),
        ),
        migrations.AddConstraint(
            model_name='fetch',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['evidence', 'feed', 'recheck', 'request'])), name='fetch_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='fetch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['dead', 'done', 'queued', 'running'])), name='fetch_state_known'),
        ),
        migrations.AddConstraint(
            model_name='fetch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('lease_token__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_token__isnull', True)), _connector='OR'), name='fetch_leased_while_running'),
        ),
        migrations.AddConstraint(
            model_name='fetch',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', ''), ('outcome__in', ['archived', 'changed', 'copy', 'empty', 'forbidden', 'gone', 'new', 'paywall', 'refused', 'unchanged', 'unsupported']), _connector='OR'), name='fetch_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='fetch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(models.Q(('outcome', ''), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='fetch_done_has_outcome'),
        ),
        migrations.AddConstraint(
            model_name='fetch',
            constraint=models.CheckConstraint(condition=models.Q(('url_hash__regex', '^[0-9a-f]{64}$')), name='fetch_hash_form'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fetch',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='34046a395b964584fe0132b2ebd35a7ad3fbae57', operation='UPDATE', pgid='pgtrigger_keep_key_e65a3', table='claims_fetch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fetch',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_fetchevent" ("article_id", "article_version_id", "created_at", "error", "etag", "feed_id", "final_url", "finished_at", "hints", "host", "http_status", "id", "last_modified", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "snapshot", "snapshot_sha256", "state", "step", "url", "url_hash") SELECT new_values."article_id", new_values."article_version_id", new_values."created_at", new_values."error", new_values."etag", new_values."feed_id", new_values."final_url", new_values."finished_at", new_values."hints", new_values."host", new_values."http_status", new_values."id", new_values."last_modified", new_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."purpose", new_values."snapshot", new_values."snapshot_sha256", new_values."state", new_values."step", new_values."url", new_values."url_hash" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a75288f6858cb61ed76af72dddd5cd8af5daf165', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_df26e', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_fetch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fetch',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_fetchevent" ("article_id", "article_version_id", "created_at", "error", "etag", "feed_id", "final_url", "finished_at", "hints", "host", "http_status", "id", "last_modified", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "snapshot", "snapshot_sha256", "state", "step", "url", "url_hash") SELECT new_values."article_id", new_values."article_version_id", new_values."created_at", new_values."error", new_values."etag", new_values."feed_id", new_values."final_url", new_values."finished_at", new_values."hints", new_values."host", new_values."http_status", new_values."id", new_values."last_modified", new_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."purpose", new_values."snapshot", new_values."snapshot_sha256", new_values."state", new_values."step", new_values."url", new_values."url_hash" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."article_id" IS DISTINCT FROM (new_values."article_id") OR old_values."article_version_id" IS DISTINCT FROM (new_values."article_version_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."error" IS DISTINCT FROM (new_values."error") OR old_values."etag" IS DISTINCT FROM (new_values."etag") OR old_values."feed_id" IS DISTINCT FROM (new_values."feed_id") OR old_values."final_url" IS DISTINCT FROM (new_values."final_url") OR old_values."finished_at" IS DISTINCT FROM (new_values."finished_at") OR old_values."hints" IS DISTINCT FROM (new_values."hints") OR old_values."host" IS DISTINCT FROM (new_values."host") OR old_values."http_status" IS DISTINCT FROM (new_values."http_status") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."last_modified" IS DISTINCT FROM (new_values."last_modified") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."purpose" IS DISTINCT FROM (new_values."purpose") OR old_values."snapshot" IS DISTINCT FROM (new_values."snapshot") OR old_values."snapshot_sha256" IS DISTINCT FROM (new_values."snapshot_sha256") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."step" IS DISTINCT FROM (new_values."step") OR old_values."url" IS DISTINCT FROM (new_values."url") OR old_values."url_hash" IS DISTINCT FROM (new_values."url_hash")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a61582000c7f34164fc3d4685db984cf47ac9475', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f3cf7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_fetch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fetch',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_fetchevent" ("article_id", "article_version_id", "created_at", "error", "etag", "feed_id", "final_url", "finished_at", "hints", "host", "http_status", "id", "last_modified", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "snapshot", "snapshot_sha256", "state", "step", "url", "url_hash") SELECT old_values."article_id", old_values."article_version_id", old_values."created_at", old_values."error", old_values."etag", old_values."feed_id", old_values."final_url", old_values."finished_at", old_values."hints", old_values."host", old_values."http_status", old_values."id", old_values."last_modified", old_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."purpose", old_values."snapshot", old_values."snapshot_sha256", old_values."state", old_values."step", old_values."url", old_values."url_hash" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='87774b3011cb76b908e06f5c5d76b9b6af54b0f4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c213c', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_fetch', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9b156cb2ce3ac82360d6f20539a0292c4af11367', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3fd72', table='claims_evidenceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), models.Q(('excerpt', ''), _negated=True), models.Q(('snapshot', ''), _negated=True), _connector='OR'), name='evidence_says_something', violation_error_message='Give an address or the passage itself.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('stance__in', ['context', 'refutes', 'supports'])), name='evidence_stance_known'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['primary', 'secondary'])), name='evidence_kind_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='5ea356f00b1b364360ef7685733b9fbb825dc4f8', operation='UPDATE', pgid='pgtrigger_count_version_2ff9c', table='claims_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'evidence', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='b1c883b7e85ed8e74e06379012ae96f4e7b4c99a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_23f08', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'evidence\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."claim_id", old_values."stance", old_values."kind", old_values."title", old_values."url", old_values."excerpt", old_values."snapshot", old_values."sha256", old_values."fetch_id", old_values."accessed_at", old_values."is_confidential", old_values."added_by_id") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."claim_id", new_values."stance", new_values."kind", new_values."title", new_values."url", new_values."excerpt", new_values."snapshot", new_values."sha256", new_values."fetch_id", new_values."accessed_at", new_values."is_confidential", new_values."added_by_id")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='1f58db0525baaf807630eef495240ba9deaa197c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_54a01', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'evidence', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='05e7b2099f3c641343d6bd25d24062474017e844', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_b21cb', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2753f9f3fd9536f222a2e04cabd59855bb65be40', operation='UPDATE', pgid='pgtrigger_keep_key_4150e', table='claims_evidence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_evidenceevent" ("accessed_at", "added_by_id", "claim_id", "created_at", "excerpt", "fetch_id", "id", "is_confidential", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "snapshot", "stance", "title", "updated_at", "url", "version") SELECT new_values."accessed_at", new_values."added_by_id", new_values."claim_id", new_values."created_at", new_values."excerpt", new_values."fetch_id", new_values."id", new_values."is_confidential", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."sha256", new_values."snapshot", new_values."stance", new_values."title", new_values."updated_at", new_values."url", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='56abd25dc228ad64ac6cda9f5dc521ec11dc4e70', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d2960', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_evidenceevent" ("accessed_at", "added_by_id", "claim_id", "created_at", "excerpt", "fetch_id", "id", "is_confidential", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "snapshot", "stance", "title", "updated_at", "url", "version") SELECT new_values."accessed_at", new_values."added_by_id", new_values."claim_id", new_values."created_at", new_values."excerpt", new_values."fetch_id", new_values."id", new_values."is_confidential", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."sha256", new_values."snapshot", new_values."stance", new_values."title", new_values."updated_at", new_values."url", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b6518083a88a8fa4ae04cf9ad68be505ff9f8df9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0cf54', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_evidenceevent" ("accessed_at", "added_by_id", "claim_id", "created_at", "excerpt", "fetch_id", "id", "is_confidential", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "snapshot", "stance", "title", "updated_at", "url", "version") SELECT old_values."accessed_at", old_values."added_by_id", old_values."claim_id", old_values."created_at", old_values."excerpt", old_values."fetch_id", old_values."id", old_values."is_confidential", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."sha256", old_values."snapshot", old_values."stance", old_values."title", old_values."updated_at", old_values."url", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b5ff71ccc5f44507537b0e3149db38443340dbb6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_26a0f', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_evidence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fetchevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='867550181580f5537f5fd8e482f571578f560f37', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7557f', table='claims_fetchevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='idempotentanswer',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['at'], name='idempotent_answer_in_time'),
        ),
        migrations.AddConstraint(
            model_name='idempotentanswer',
            constraint=models.UniqueConstraint(fields=('owner', 'key'), name='idempotent_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='notificationchoice',
            constraint=models.UniqueConstraint(fields=('user', 'kind'), name='notification_choice_once'),
        ),
        migrations.AddConstraint(
            model_name='notificationchoice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['altered', 'approval', 'assigned', 'mention', 'returned', 'webhook'])), name='notification_choice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='notificationchoice',
            constraint=models.CheckConstraint(condition=models.Q(('mail__in', ['at_once', 'daily', 'never'])), name='notification_choice_mail_known'),
        ),
        migrations.AddConstraint(
            model_name='outboxentry',
            constraint=models.CheckConstraint(condition=models.Q(('type__in', ['article.changed', 'claim.assigned', 'claim.created', 'claim.published', 'claim.repeated', 'claim.returned', 'claim.submitted', 'ping', 'quote.accepted', 'quote.altered', 'quote.rejected', 'speaker.merged', 'verdict.corrected', 'verdict.published', 'verdict.retracted'])), name='outbox_type_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outboxentry',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='91cfacf1b17e2a91cad1b638ac5935654f3c8867', operation='UPDATE', pgid='pgtrigger_never_changed_a8ece', table='claims_outboxentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearanceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f82950611f7e6ac8f0d9cc78931ca4f308bc1fdf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f7c78', table='claims_appearanceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='appearance',
            constraint=models.UniqueConstraint(fields=('claim', 'quote'), name='appearance_once'),
        ),
        migrations.AddConstraint(
            model_name='appearance',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__range', (0, 1)), _connector='OR'), name='appearance_score_share'),
        ),
        migrations.AddConstraint(
            model_name='appearance',
            constraint=models.CheckConstraint(condition=models.Q(('stance__in', ['asserts', 'denies', 'questions'])), name='appearance_stance_known'),
        ),
        migrations.AddConstraint(
            model_name='appearance',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['confirmed', 'dismissed', 'suggested'])), name='appearance_state_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='ae5a5a048481af1bb35af9af7390878b6f255607', operation='UPDATE', pgid='pgtrigger_count_version_ce954', table='claims_appearance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'appearances', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='039fa4768cde3cd2ea9816c9a9de73e97ee0278e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_8c476', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_appearance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'appearances\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."claim_id", old_values."quote_id", old_values."stance", old_values."state", old_values."score", old_values."method") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."claim_id", new_values."quote_id", new_values."stance", new_values."state", new_values."score", new_values."method")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='631d562b6427fc73bcedbd710a81fa1c88c0fd54', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_bd15e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_appearance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'appearances', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='a439967eb022627286c952e421f39e435a965a9d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_8c87b', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_appearance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9eade2f4b3b74b618fd77df2c45349a081077839', operation='UPDATE', pgid='pgtrigger_keep_key_9529d', table='claims_appearance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_appearanceevent" ("claim_id", "created_at", "id", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "score", "stance", "state", "updated_at", "version") SELECT new_values."claim_id", new_values."created_at", new_values."id", new_values."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."quote_id", new_values."score", new_values."stance", new_values."state", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='aacfffdab7c3c0473f5b894ad72c686255459bb0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_58226', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_appearance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_appearanceevent" ("claim_id", "created_at", "id", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "score", "stance", "state", "updated_at", "version") SELECT new_values."claim_id", new_values."created_at", new_values."id", new_values."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."quote_id", new_values."score", new_values."stance", new_values."state", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cff2788d8205acda7f047b86eedf976e813d8853', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cdcd1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_appearance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='appearance',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_appearanceevent" ("claim_id", "created_at", "id", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "score", "stance", "state", "updated_at", "version") SELECT old_values."claim_id", old_values."created_at", old_values."id", old_values."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."quote_id", old_values."score", old_values."stance", old_values."state", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5075dc074233115a07bb9ad6780d150695d0771f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2b6e2', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_appearance', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='quotecheck',
            index=models.Index(condition=models.Q(('alert', 'open')), fields=['-id'], name='check_alerts'),
        ),
        migrations.AddConstraint(
            model_name='quotecheck',
            constraint=models.UniqueConstraint(fields=('quote', 'article_version'), name='quotecheck_once_a_version'),
        ),
        migrations.AddConstraint(
            model_name='quotecheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end__gt', models.F('start')), ('end__isnull', False), ('start__gte', 0), ('start__isnull', False)), models.Q(('end__isnull', True), ('start__isnull', True)), _connector='OR'), name='quotecheck_span_ordered', violation_error_message='A span starts at 0 or later and ends after its start.'),
        ),
        migrations.AddConstraint(
            model_name='quotecheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', 'gone'), ('start__isnull', True)), models.Q(models.Q(('standing', 'gone'), _negated=True), ('start__isnull', False)), _connector='OR'), name='quotecheck_gone_has_no_span'),
        ),
        migrations.AddConstraint(
            model_name='quotecheck',
            constraint=models.CheckConstraint(condition=models.Q(('similarity__range', (0, 1))), name='quotecheck_similarity_share'),
        ),
        migrations.AddConstraint(
            model_name='quotecheck',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['altered', 'gone', 'moved', 'unchanged'])), name='quotecheck_standing_known'),
        ),
        migrations.AddConstraint(
            model_name='quotecheck',
            constraint=models.CheckConstraint(condition=models.Q(('alert__in', ['none', 'open', 'settled'])), name='quotecheck_alert_known'),
        ),
        migrations.AddConstraint(
            model_name='quotecheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alert', 'settled'), _negated=True), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='quotecheck_settled_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotecheck',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='8dd3cdd7a570e9bf80f0afb49e0b8cf8233fb77d', operation='UPDATE', pgid='pgtrigger_count_version_18c6f', table='claims_quotecheck', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotecheck',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='831c8b21ef026aa2e0a79c09ceebd6debc2ac389', operation='UPDATE', pgid='pgtrigger_keep_key_0fb88', table='claims_quotecheck', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotecheck',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_quotecheckevent" ("alert", "article_version_id", "created_at", "end", "found", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "settled_at", "settled_by_id", "similarity", "standing", "start", "updated_at", "version") SELECT new_values."alert", new_values."article_version_id", new_values."created_at", new_values."end", new_values."found", new_values."id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."quote_id", new_values."settled_at", new_values."settled_by_id", new_values."similarity", new_values."standing", new_values."start", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='62cfca842323fb5caebd74c9984e104ee7b5c97e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3ba9c', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_quotecheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotecheck',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_quotecheckevent" ("alert", "article_version_id", "created_at", "end", "found", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "settled_at", "settled_by_id", "similarity", "standing", "start", "updated_at", "version") SELECT new_values."alert", new_values."article_version_id", new_values."created_at", new_values."end", new_values."found", new_values."id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."quote_id", new_values."settled_at", new_values."settled_by_id", new_values."similarity", new_values."standing", new_values."start", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f0b53877dde2c879ff421ad86cd20cecee300fe5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9cc1c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_quotecheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotecheck',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_quotecheckevent" ("alert", "article_version_id", "created_at", "end", "found", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "settled_at", "settled_by_id", "similarity", "standing", "start", "updated_at", "version") SELECT old_values."alert", old_values."article_version_id", old_values."created_at", old_values."end", old_values."found", old_values."id", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."quote_id", old_values."settled_at", old_values."settled_by_id", old_values."similarity", old_values."standing", old_values."start", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1da88cd365346f31c8f97a317ca6cd9db57d6100', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_20f36', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_quotecheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotecheckevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='30c57fc44e88b7734a4bd1745e6f1970abd56daa', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2b125', table='claims_quotecheckevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1c35b8d2c3b52cf853d21e9f99594e44290224d1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_88473', table='claims_ratingevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('scale', 'label'), name='rating_label_once'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('scale', 'value'), name='rating_value_once'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('colour__regex', '^#[0-9a-fA-F]{6}$')), name='rating_colour_form', violation_error_message='A colour looks like #b91c1c.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'ratings', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='94f0e5c47a6d1404fde31be293b0c716f94a8909', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_3bce5', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'ratings\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."scale_id", old_values."label", old_values."value", old_values."colour") IS DISTINCT FROM (new_values."id", new_values."scale_id", new_values."label", new_values."value", new_values."colour")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='1526c5bdf9c2e0547f859fe1e33ce9ae686c8bcc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_fae46', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'ratings', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='c35364a6da99d348e1128e264656f9e670211df5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_e1a06', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7a4ead7e5143bd094fdea97b2e89844818111b9b', operation='UPDATE', pgid='pgtrigger_keep_key_878ea', table='claims_rating', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_ratingevent" ("colour", "id", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scale_id", "value") SELECT new_values."colour", new_values."id", new_values."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."scale_id", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2ce24d339f610bd36644a11011698ee4dc54a6ca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_49e43', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_ratingevent" ("colour", "id", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scale_id", "value") SELECT new_values."colour", new_values."id", new_values."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."scale_id", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='176a34ba0f8c3a12a77fd9dccce0a24aef39b115', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_40dc3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_ratingevent" ("colour", "id", "label", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scale_id", "value") SELECT old_values."colour", old_values."id", old_values."label", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."scale_id", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='42604f3dbda7d7a8706e6c57b7be9b03a8f751e2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_eea28', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingscaleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='695575176b78228a1675df26eab83ed6815c90a2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f0d3d', table='claims_ratingscaleevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='saved_view_once'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_view_named'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3bf98d11252be94481c049d3bd90809288ec2601', operation='UPDATE', pgid='pgtrigger_keep_key_f7bf7', table='claims_savedview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_savedviewevent" ("created_at", "id", "is_shared", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") SELECT new_values."created_at", new_values."id", new_values."is_shared", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."query" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cc68e7df8bdfca088ac4c6926f2d63d0eaaca077', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_07741', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_savedview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_savedviewevent" ("created_at", "id", "is_shared", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") SELECT new_values."created_at", new_values."id", new_values."is_shared", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."query" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8affe06e341337c9ab4551b3ebf352c11ced4eec', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_66d08', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_savedview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_savedviewevent" ("created_at", "id", "is_shared", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") SELECT old_values."created_at", old_values."id", old_values."is_shared", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."query" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='60d202ab8aa481ee4e09bae3375553a850f3ef2b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9d4c6', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_savedview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedviewevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7434dcb96d736b5173b1b7abf9f06ffc6b3b2f70', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_13ed6', table='claims_savedviewevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a412593ac91eeb795a5cf74d5e0f290aa3db5e79', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0ea52', table='claims_feedevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='feed',
            index=models.Index(condition=models.Q(('state', 'active')), fields=['next_poll_at'], name='feed_due'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.UniqueConstraint(fields=('url',), name='feed_url_once'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(('interval_seconds__gt', 0)), name='feed_interval'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'failing', 'gone', 'paused'])), name='feed_state_known'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(('format', ''), ('format__in', ['atom', 'json', 'rss', 'sitemap']), _connector='OR'), name='feed_format_known'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease_token__isnull', True), ('leased_until__isnull', True)), models.Q(('lease_token__isnull', False), ('leased_until__isnull', False)), _connector='OR'), name='feed_lease_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."failures" IS DISTINCT FROM (NEW."failures") OR OLD."format" IS DISTINCT FROM (NEW."format") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."last_error" IS DISTINCT FROM (NEW."last_error") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='0f5582a7cb0ddc8d764105d0a25b5db4b4ff19f4', operation='UPDATE', pgid='pgtrigger_count_version_d80f5', table='claims_feed', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'feeds', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='181748f44571cf550e4c07a028503677b7ff1ef6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_5a0d5', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_feed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'feeds\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."source_id", old_values."url", old_values."title", old_values."format", old_values."state", old_values."failures", old_values."last_error") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."source_id", new_values."url", new_values."title", new_values."format", new_values."state", new_values."failures", new_values."last_error")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='154b117d6697c8440e79c02262a37dbb1f64ae4b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_66e08', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_feed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'feeds', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='0cf15a9e0462a5945c07ad2f5dbaecb245c906bd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_c12ed', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_feed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ce7e396536780fdf7ca2371f40618a9dab207301', operation='UPDATE', pgid='pgtrigger_keep_key_0824b', table='claims_feed', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_feedevent" ("created_at", "failures", "format", "id", "last_error", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "state", "title", "updated_at", "url", "version") SELECT new_values."created_at", new_values."failures", new_values."format", new_values."id", new_values."last_error", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."source_id", new_values."state", new_values."title", new_values."updated_at", new_values."url", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8ef80b77e497ee017d6724e49441c768b68ef667', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5248e', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_feed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_feedevent" ("created_at", "failures", "format", "id", "last_error", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "state", "title", "updated_at", "url", "version") SELECT new_values."created_at", new_values."failures", new_values."format", new_values."id", new_values."last_error", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."source_id", new_values."state", new_values."title", new_values."updated_at", new_values."url", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."failures" IS DISTINCT FROM (new_values."failures") OR old_values."format" IS DISTINCT FROM (new_values."format") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."last_error" IS DISTINCT FROM (new_values."last_error") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."updated_at" IS DISTINCT FROM (new_values."updated_at") OR old_values."url" IS DISTINCT FROM (new_values."url") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f15a2fd395f92f39ad08053a4a8a56666dad472c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_113a4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_feed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_feedevent" ("created_at", "failures", "format", "id", "last_error", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "state", "title", "updated_at", "url", "version") SELECT old_values."created_at", old_values."failures", old_values."format", old_values."id", old_values."last_error", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."source_id", old_values."state", old_values."title", old_values."updated_at", old_values."url", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0a3b6d6520b0951282da79837ae90e9e9f746d39', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e0c34', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_feed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sourceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3f92c9d57b7a054311e4bc9ff1301c1cb6390db2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a5b22', table='claims_sourceevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='speaker',
            index=models.Index(fields=['key'], name='speaker_key'),
        ),
        migrations.AddIndex(
            model_name='speaker',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(django.db.models.functions.text.Left('name', 100000), config='simple'), name='speaker_name_search'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='speaker_name_filled'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['anonymous', 'group', 'organisation', 'person', 'unknown'])), name='speaker_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.UniqueConstraint(fields=('wikidata_id',), name='speaker_wikidata_once'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(('wikidata_id__isnull', True), ('wikidata_id__regex', '^Q[1-9][0-9]*$'), _connector='OR'), name='speaker_wikidata_form', violation_error_message='A Wikidata item looks like Q58217.'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='speaker_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.UniqueConstraint(condition=models.Q(('is_confirmed', False), ('merged_into__isnull', True)), fields=('key',), name='speaker_unconfirmed_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='e1ef3c5329a4162b2a4cb736c84b95987e277a6f', operation='UPDATE', pgid='pgtrigger_count_version_6c9eb', table='claims_speaker', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='f99d8bf1b74daff6961c8a8af290da4426b3ae28', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_1f31b', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_speaker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'speakers\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."name", old_values."key", old_values."kind", old_values."description", old_values."wikidata_id", old_values."is_confirmed", old_values."merged_into_id") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."name", new_values."key", new_values."kind", new_values."description", new_values."wikidata_id", new_values."is_confirmed", new_values."merged_into_id")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='2b432cc9ff46f09f5a2cb46dbf6494deb245eb47', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_b532e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_speaker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='84525962fbc194accf2ddcbcf80796d6370cf79a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_1036b', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_speaker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='fec973e90b17fc96b29b8b475c57d4feb135d641', operation='UPDATE', pgid='pgtrigger_keep_key_0da1f', table='claims_speaker', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_speakerevent" ("created_at", "description", "id", "is_confirmed", "key", "kind", "merged_into_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version", "wikidata_id") SELECT new_values."created_at", new_values."description", new_values."id", new_values."is_confirmed", new_values."key", new_values."kind", new_values."merged_into_id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."updated_at", new_values."version", new_values."wikidata_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1bf787143c68c90dff852cad0830a2ba7e90e45f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7cf94', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_speaker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_speakerevent" ("created_at", "description", "id", "is_confirmed", "key", "kind", "merged_into_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version", "wikidata_id") SELECT new_values."created_at", new_values."description", new_values."id", new_values."is_confirmed", new_values."key", new_values."kind", new_values."merged_into_id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."updated_at", new_values."version", new_values."wikidata_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='66a0f91e6e96a4d4ded9c48e0cba66ad08c15338', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d9d7a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_speaker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speaker',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_speakerevent" ("created_at", "description", "id", "is_confirmed", "key", "kind", "merged_into_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "updated_at", "version", "wikidata_id") SELECT old_values."created_at", old_values."description", old_values."id", old_values."is_confirmed", old_values."key", old_values."kind", old_values."merged_into_id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."updated_at", old_values."version", old_values."wikidata_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ba3014f2c89098e9d6d62bcd8e0303a1c29377c5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b8590', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_speaker', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replyrequestevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a372f05b817d35a7cd35aabaec4facd1f261a468', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e4206', table='claims_replyrequestevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='replyrequest',
            constraint=models.CheckConstraint(condition=models.Q(('asked', ''), _negated=True), name='reply_asked_filled'),
        ),
        migrations.AddConstraint(
            model_name='replyrequest',
            constraint=models.CheckConstraint(condition=models.Q(('deadline__isnull', True), ('deadline__gte', models.F('asked_at')), _connector='OR'), name='reply_deadline_after_asking', violation_error_message='The deadline cannot be before the question.'),
        ),
        migrations.AddConstraint(
            model_name='replyrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='reply_answer_dated', violation_error_message='An answer has a date, and a date an answer.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replyrequest',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='ef99920f1f82df1b7b951c13143cb8c1fa3fe159', operation='UPDATE', pgid='pgtrigger_count_version_a3345', table='claims_replyrequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replyrequest',
            trigger=pgtrigger.compiler.Trigger(name='follow_redirect', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE target bigint;', func='\n    IF NEW.speaker_id IS NOT NULL THEN\n        SELECT s.merged_into_id INTO target FROM claims_speaker s\n        WHERE s.id = NEW.speaker_id FOR KEY SHARE;\n        NEW.speaker_id = coalesce(target, NEW.speaker_id);\n    END IF;\n    RETURN NEW;\n', hash='8028549e1ffaf7908b988b6182e405f91942155b', operation='INSERT OR UPDATE OF "speaker_id"', pgid='pgtrigger_follow_redirect_40977', table='claims_replyrequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replyrequest',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='821587b6bd8696fc92a7a31e91da83e0c6a4d550', operation='UPDATE', pgid='pgtrigger_keep_key_8e1f4', table='claims_replyrequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replyrequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_replyrequestevent" ("answer", "answered_at", "asked", "asked_at", "asked_by_id", "claim_id", "created_at", "deadline", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id", "updated_at", "version") SELECT new_values."answer", new_values."answered_at", new_values."asked", new_values."asked_at", new_values."asked_by_id", new_values."claim_id", new_values."created_at", new_values."deadline", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."speaker_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dcf1e20387d44dd04cbc7253e350104a7db87154', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ee6dd', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_replyrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replyrequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_replyrequestevent" ("answer", "answered_at", "asked", "asked_at", "asked_by_id", "claim_id", "created_at", "deadline", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id", "updated_at", "version") SELECT new_values."answer", new_values."answered_at", new_values."asked", new_values."asked_at", new_values."asked_by_id", new_values."claim_id", new_values."created_at", new_values."deadline", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."speaker_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fb6885638b184d2b7b8f7fd91d62a0d143e84afb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8f23d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_replyrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replyrequest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_replyrequestevent" ("answer", "answered_at", "asked", "asked_at", "asked_by_id", "claim_id", "created_at", "deadline", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id", "updated_at", "version") SELECT old_values."answer", old_values."answered_at", old_values."asked", old_values."asked_at", old_values."asked_by_id", old_values."claim_id", old_values."created_at", old_values."deadline", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."speaker_id", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='79055aa70bf177fc64ec5861bac8fd0a62e1b5af', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_70d7b', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_replyrequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quoteevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b6d8724d8dcac50029cbe1548ae0074794556b7e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6f838', table='claims_quoteevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(models.OrderBy(django.db.models.expressions.CombinedExpression(models.F('check_worthiness'), '+', django.db.models.expressions.CombinedExpression(models.Func(models.F('created_at'), output_field=models.FloatField(), template="EXTRACT(EPOCH FROM %(expressions)s AT TIME ZONE 'UTC')::float8"), '/', models.Value(1209600.0))), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('copy_of__isnull', True), ('status', 'candidate')), name='quote_queue'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(models.F('kind'), models.OrderBy(django.db.models.expressions.CombinedExpression(models.F('check_worthiness'), '+', django.db.models.expressions.CombinedExpression(models.Func(models.F('created_at'), output_field=models.FloatField(), template="EXTRACT(EPOCH FROM %(expressions)s AT TIME ZONE 'UTC')::float8"), '/', models.Value(1209600.0))), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('copy_of__isnull', True), ('status', 'candidate')), name='quote_queue_of_kind'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(fields=['status', '-id'], name='quote_by_status'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['created_at'], name='quote_in_time'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(django.db.models.functions.text.Left('text', 100000), config='english'), name='quote_text_search'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(('speaker__isnull', True), ('status__in', ['candidate', 'accepted']), models.Q(('suggested_name', ''), _negated=True)), fields=['-id'], name='quote_unresolved'),
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(('speaker__isnull', True), ('status__in', ['candidate', 'accepted']), models.Q(('suggested_name', ''), _negated=True)), fields=['suggested_name', '-id'], name='quote_unresolved_name', opclasses=['text_pattern_ops', 'int8_ops']),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.UniqueConstraint(fields=('article_version', 'start', 'end'), name='quote_span_once'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end__gt', models.F('start')), ('end__isnull', False), ('start__gte', 0), ('start__isnull', False)), models.Q(('end__isnull', True), ('start__isnull', True)), _connector='OR'), name='quote_span_ordered', violation_error_message='A span starts at 0 or later and ends after its start.'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cue_end__gt', models.F('cue_start')), ('cue_end__isnull', False), ('cue_start__gte', 0), ('cue_start__isnull', False)), models.Q(('cue_end__isnull', True), ('cue_start__isnull', True)), _connector='OR'), name='quote_cue_ordered', violation_error_message='A span starts at 0 or later and ends after its start.'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mention_end__gt', models.F('mention_start')), ('mention_end__isnull', False), ('mention_start__gte', 0), ('mention_start__isnull', False)), models.Q(('mention_end__isnull', True), ('mention_start__isnull', True)), _connector='OR'), name='quote_mention_ordered', violation_error_message='A span starts at 0 or later and ends after its start.'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__range', (0, 1))), name='quote_confidence_share'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('check_worthiness__range', (0, 1))), name='quote_worthiness_share'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['direct', 'indirect', 'mixed'])), name='quote_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['accepted', 'candidate', 'rejected', 'withdrawn'])), name='quote_status_known'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(('copy_of__isnull', True), models.Q(('copy_of', models.F('id')), _negated=True), _connector='OR'), name='quote_not_copy_of_itself'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['accepted', 'rejected']), _negated=True), ('touched_at__isnull', False), _connector='OR'), name='quote_decided_by_people'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='41d55b05720b8a69dea269eae10f407fc3968ef1', operation='UPDATE', pgid='pgtrigger_count_version_b610c', table='claims_quote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='status_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{accepted:candidate,candidate:accepted,candidate:rejected,candidate:withdrawn,rejected:candidate,withdrawn:candidate}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='5ab8f11d6570064e6b725e395e7ea49bd5361255', operation='UPDATE', pgid='pgtrigger_status_moves_3feec', table='claims_quote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='follow_redirect', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE target bigint;', func='\n    IF NEW.speaker_id IS NOT NULL THEN\n        SELECT s.merged_into_id INTO target FROM claims_speaker s\n        WHERE s.id = NEW.speaker_id FOR KEY SHARE;\n        NEW.speaker_id = coalesce(target, NEW.speaker_id);\n    END IF;\n    RETURN NEW;\n', hash='9785e4c934c73a47506dc8f185a62e745cd09998', operation='INSERT OR UPDATE OF "speaker_id"', pgid='pgtrigger_follow_redirect_b1acf', table='claims_quote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='offsets_give_text', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE body text; reached bigint; fragment jsonb;', func='\n    SELECT v.text INTO STRICT body FROM claims_articleversion v WHERE v.id = NEW.article_version_id;\n    IF NEW.start < 0 OR NEW."end" - NEW.start <> length(NEW.text) OR substr(\n        body,\n        NEW.start - length(NEW.prefix) + 1,\n        length(NEW.prefix) + length(NEW.text) + length(NEW.suffix)\n    ) IS DISTINCT FROM NEW.prefix || NEW.text || NEW.suffix THEN\n        RAISE EXCEPTION \'quote_offsets: characters % to % of version % are not its text\',\n            NEW.start, NEW."end", NEW.article_version_id USING ERRCODE = \'check_violation\';\n    END IF;\n    reached := NEW.start;\n    FOR fragment IN SELECT * FROM jsonb_array_elements(\n        CASE jsonb_typeof(NEW.fragments) WHEN \'array\' THEN NEW.fragments ELSE \'[]\' END\n    ) LOOP\n        -- Whole numbers only: a null would slip through every comparison.\n        IF fragment::text !~ \'^\\[[0-9]+, [0-9]+\\]$\' THEN\n            RAISE EXCEPTION \'quote_offsets: fragments % are not [[start, end], …]\', NEW.fragments\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        IF (fragment->>0)::bigint < reached OR (fragment->>1)::bigint <= (fragment->>0)::bigint THEN\n            RAISE EXCEPTION \'quote_offsets: fragments % are not ordered\', NEW.fragments\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        reached := (fragment->>1)::bigint;\n    END LOOP;\n    IF reached <> NEW."end" OR (NEW.fragments->0->>0)::bigint <> NEW.start THEN\n        RAISE EXCEPTION \'quote_offsets: fragments % do not reach from % to %\',\n            NEW.fragments, NEW.start, NEW."end" USING ERRCODE = \'check_violation\';\n    END IF;\n    IF greatest(NEW.cue_end, NEW.mention_end) > length(body) THEN\n        RAISE EXCEPTION \'quote_offsets: cue or mention ends behind the text\'\n            USING ERRCODE = \'check_violation\';\n    END IF;\n    RETURN NEW;\n', hash='44fe1654e76fbb27d7a0714264e30d067db7b3ac', operation='INSERT OR UPDATE OF "article_version_id", "start", "end", "fragments", "text", "prefix", "suffix", "cue_end", "mention_end"', pgid='pgtrigger_offsets_give_text_fde0f', table='claims_quote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'quotes', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='6a0b3d2649a1c17c5ac2bf37a4c5a0cd2de5ebf8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_49250', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'quotes\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."article_version_id", old_values."run_id", old_values."start", old_values."end", old_values."fragments", old_values."text", old_values."prefix", old_values."suffix", old_values."kind", old_values."cue_start", old_values."cue_end", old_values."mention_start", old_values."mention_end", old_values."speaker_id", old_values."suggested_name", old_values."candidate_names", old_values."role", old_values."confidence", old_values."check_worthiness", old_values."status", old_values."copy_of_id", old_values."touched_at") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."article_version_id", new_values."run_id", new_values."start", new_values."end", new_values."fragments", new_values."text", new_values."prefix", new_values."suffix", new_values."kind", new_values."cue_start", new_values."cue_end", new_values."mention_start", new_values."mention_end", new_values."speaker_id", new_values."suggested_name", new_values."candidate_names", new_values."role", new_values."confidence", new_values."check_worthiness", new_values."status", new_values."copy_of_id", new_values."touched_at")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='95da02bc6b62e6ac92927ff6ea39132b31032b0c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_997fa', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'quotes', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='6af464c5ccebb4c73b2274a914e27c63e5bbd4c0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_264f8', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f0ad0d15aa41e62cd9e0f9c570b7cc889865327a', operation='UPDATE', pgid='pgtrigger_keep_key_3c461', table='claims_quote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_quoteevent" ("article_version_id", "candidate_names", "check_worthiness", "confidence", "copy_of_id", "created_at", "cue_end", "cue_start", "end", "fragments", "id", "kind", "mention_end", "mention_start", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "role", "run_id", "speaker_id", "start", "status", "suffix", "suggested_name", "text", "touched_at", "updated_at", "version") SELECT new_values."article_version_id", new_values."candidate_names", new_values."check_worthiness", new_values."confidence", new_values."copy_of_id", new_values."created_at", new_values."cue_end", new_values."cue_start", new_values."end", new_values."fragments", new_values."id", new_values."kind", new_values."mention_end", new_values."mention_start", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."prefix", new_values."role", new_values."run_id", new_values."speaker_id", new_values."start", new_values."status", new_values."suffix", new_values."suggested_name", new_values."text", new_values."touched_at", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dd414edc10dba03f550e58136ec7045d5717d55f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_105ea', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_quoteevent" ("article_version_id", "candidate_names", "check_worthiness", "confidence", "copy_of_id", "created_at", "cue_end", "cue_start", "end", "fragments", "id", "kind", "mention_end", "mention_start", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "role", "run_id", "speaker_id", "start", "status", "suffix", "suggested_name", "text", "touched_at", "updated_at", "version") SELECT new_values."article_version_id", new_values."candidate_names", new_values."check_worthiness", new_values."confidence", new_values."copy_of_id", new_values."created_at", new_values."cue_end", new_values."cue_start", new_values."end", new_values."fragments", new_values."id", new_values."kind", new_values."mention_end", new_values."mention_start", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."prefix", new_values."role", new_values."run_id", new_values."speaker_id", new_values."start", new_values."status", new_values."suffix", new_values."suggested_name", new_values."text", new_values."touched_at", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b1436043bdb20768ca1a7846c986e0e89cf7afec', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_77608', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_quoteevent" ("article_version_id", "candidate_names", "check_worthiness", "confidence", "copy_of_id", "created_at", "cue_end", "cue_start", "end", "fragments", "id", "kind", "mention_end", "mention_start", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "role", "run_id", "speaker_id", "start", "status", "suffix", "suggested_name", "text", "touched_at", "updated_at", "version") SELECT old_values."article_version_id", old_values."candidate_names", old_values."check_worthiness", old_values."confidence", old_values."copy_of_id", old_values."created_at", old_values."cue_end", old_values."cue_start", old_values."end", old_values."fragments", old_values."id", old_values."kind", old_values."mention_end", old_values."mention_start", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."prefix", old_values."role", old_values."run_id", old_values."speaker_id", old_values."start", old_values."status", old_values."suffix", old_values."suggested_name", old_values."text", old_values."touched_at", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b9df58cae24b8ac1f0291baf7636b8eb7e1b4b03', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_91dbe', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_quote', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1095b96825908c62137c886b672675af30897913', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_27ec5', table='claims_affiliationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='affiliation',
            constraint=models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='affiliation_ordered', violation_error_message='A role cannot end before it begins.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliation',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'updated' FROM (SELECT speaker_id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='a912808642a6cce4d6f51a738374e2c74749d10b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_c001b', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_affiliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliation',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'speakers\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.speaker_id, new_values.speaker_id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."speaker_id", old_values."title", old_values."organisation", old_values."since", old_values."until") IS DISTINCT FROM (new_values."id", new_values."speaker_id", new_values."title", new_values."organisation", new_values."since", new_values."until")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='840978e258cd9f0e85f9ca2c7b2c9b5db0c91309', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_7537a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_affiliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliation',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'updated' FROM (SELECT speaker_id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='a6d32c4848ad422ed26706e67b8d199e5748e866', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_0c7de', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_affiliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliation',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c380099358767c5db13ac607cbabfb9763d839d9', operation='UPDATE', pgid='pgtrigger_keep_key_2d4f6', table='claims_affiliation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_affiliationevent" ("id", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "speaker_id", "title", "until") SELECT new_values."id", new_values."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."since", new_values."speaker_id", new_values."title", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e433e9ad4c252570c1815c48a92df95528751fac', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d0b08', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_affiliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_affiliationevent" ("id", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "speaker_id", "title", "until") SELECT new_values."id", new_values."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."since", new_values."speaker_id", new_values."title", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2e2edf939e2220754f91c3a6dcdbef8a43f9111b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_95502', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_affiliation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='affiliation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_affiliationevent" ("id", "organisation", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "speaker_id", "title", "until") SELECT old_values."id", old_values."organisation", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."since", old_values."speaker_id", old_values."title", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='52af550e2c439160b5deb7681873a8d78c0f3b73', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_843c1', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_affiliation', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='speakeralias',
            index=models.Index(fields=['key'], name='alias_key'),
        ),
        migrations.AddIndex(
            model_name='speakeralias',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(django.db.models.functions.text.Left('name', 100000), config='simple'), name='alias_name_search'),
        ),
        migrations.AddConstraint(
            model_name='speakeralias',
            constraint=models.UniqueConstraint(fields=('speaker', 'key'), name='alias_once_a_speaker'),
        ),
        migrations.AddConstraint(
            model_name='speakeralias',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='alias_filled'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakeralias',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'updated' FROM (SELECT speaker_id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='1f5287fddabfad90930196c76a6bb9ea545f89b1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_faf82', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_speakeralias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakeralias',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'speakers\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.speaker_id, new_values.speaker_id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."speaker_id", old_values."name", old_values."key") IS DISTINCT FROM (new_values."id", new_values."speaker_id", new_values."name", new_values."key")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='b599b100a7f90e6bc903094c8c46037458cb0abd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_c6ff2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_speakeralias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakeralias',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'speakers', k.key, 'updated' FROM (SELECT speaker_id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='f08a9b74237330e6a76f22a4744c7950cd7bb37e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_245b6', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_speakeralias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakeralias',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='30b6858b0d80a6af69b9424c042422db5e4ec484', operation='UPDATE', pgid='pgtrigger_keep_key_1659b', table='claims_speakeralias', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakeralias',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_speakeraliasevent" ("id", "key", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id") SELECT new_values."id", new_values."key", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."speaker_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e01d0bfb87d56fb9f07ba85d024867084a2092cf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_770e6', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_speakeralias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakeralias',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_speakeraliasevent" ("id", "key", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id") SELECT new_values."id", new_values."key", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."speaker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6fce06ffcf4a8302d4f2259d500a76fd819ae33a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7e5f9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_speakeralias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakeralias',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_speakeraliasevent" ("id", "key", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "speaker_id") SELECT old_values."id", old_values."key", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."speaker_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4c3aae8fec673a8b191c55b6a6481900eed6f7e6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f0375', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_speakeralias', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakeraliasevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e07165e46e11124cb3d37f6ed9e2df4ef2479206', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0df0e', table='claims_speakeraliasevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4c9d2e5edff8cca0700490bf7be500f6b256b177', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9c114', table='claims_speakerevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='speakermerge',
            constraint=models.CheckConstraint(condition=models.Q(('kept', models.F('absorbed')), _negated=True), name='merge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='speakermerge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('absorbed',), name='merge_open_once_a_speaker'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakermerge',
            trigger=pgtrigger.compiler.Trigger(name='keep_merges', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d87c3e72c4c80eb78805e90e201f164b02444d32', operation='DELETE', pgid='pgtrigger_keep_merges_643ff', table='claims_speakermerge', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakermerge',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8c490f156f8f6c5f7bd1f030812c2165ecc1baea', operation='UPDATE', pgid='pgtrigger_keep_key_29027', table='claims_speakermerge', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakermerge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_speakermergeevent" ("absorbed_id", "id", "kept_id", "merged_at", "merged_by_id", "moved", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at") SELECT new_values."absorbed_id", new_values."id", new_values."kept_id", new_values."merged_at", new_values."merged_by_id", new_values."moved", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."undone_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f19c126ffc7c4523bfe68f38f1dc1233a43c03bb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1223b', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_speakermerge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakermerge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_speakermergeevent" ("absorbed_id", "id", "kept_id", "merged_at", "merged_by_id", "moved", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at") SELECT new_values."absorbed_id", new_values."id", new_values."kept_id", new_values."merged_at", new_values."merged_by_id", new_values."moved", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."undone_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='90c56574b7f0c6cd358a759d879ea75112394849', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ee622', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_speakermerge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakermerge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_speakermergeevent" ("absorbed_id", "id", "kept_id", "merged_at", "merged_by_id", "moved", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at") SELECT old_values."absorbed_id", old_values."id", old_values."kept_id", old_values."merged_at", old_values."merged_by_id", old_values."moved", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."undone_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='778f05e8d21adeb993b5c8a9563d022a4f8fa7ea', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b50ad', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_speakermerge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='speakermergeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ba43f422c6254ab2fbe36ab3426209615b8dd6ce', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_39ec7', table='claims_speakermergeevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='articleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0e023ee976bbcdbdcec8bdf853814cbd4721963f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_49e1f', table='claims_articleevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['source', '-published_at'], name='article_by_source'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(models.OrderBy(models.F('published_at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='article_newest'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(django.db.models.functions.text.Left('title', 100000), config='english'), name='article_title_search'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(fields=('url_hash',), name='article_url_once'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('url_hash__regex', '^[0-9a-f]{64}$')), name='article_hash_form'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('copy_of__isnull', True), models.Q(('copy_of', models.F('id')), _negated=True), _connector='OR'), name='article_not_copy_of_itself'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['news', 'post', 'release', 'transcript'])), name='article_kind_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='1db7364ebe750b31c589a9e6df05da001ab76f72', operation='UPDATE', pgid='pgtrigger_count_version_bf46f', table='claims_article', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'articles', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='d98574efcb50ebf3335e019fec9a8a1ee36a0a13', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_ea012', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'articles\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."source_id", old_values."kind", old_values."canonical_url", old_values."url_hash", old_values."raw_url", old_values."title", old_values."byline", old_values."language", old_values."published_at", old_values."current_version_id", old_values."copy_of_id", old_values."story_id", old_values."gone_at") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."source_id", new_values."kind", new_values."canonical_url", new_values."url_hash", new_values."raw_url", new_values."title", new_values."byline", new_values."language", new_values."published_at", new_values."current_version_id", new_values."copy_of_id", new_values."story_id", new_values."gone_at")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='553262af950321e79efe2515eb7d1f7d78a98299', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_55ae1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'articles', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='4d06453b13e20fed6ca6e353ac2839dc86803c3d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_fd680', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f5c5f4f896e5df70d52c727d0df5990bb1b624b3', operation='UPDATE', pgid='pgtrigger_keep_key_eecd8', table='claims_article', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_articleevent" ("byline", "canonical_url", "copy_of_id", "created_at", "current_version_id", "gone_at", "id", "kind", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "raw_url", "source_id", "story_id", "title", "updated_at", "url_hash", "version") SELECT new_values."byline", new_values."canonical_url", new_values."copy_of_id", new_values."created_at", new_values."current_version_id", new_values."gone_at", new_values."id", new_values."kind", new_values."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."published_at", new_values."raw_url", new_values."source_id", new_values."story_id", new_values."title", new_values."updated_at", new_values."url_hash", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fbefc37a87906f8728f571185acc0c2dcb68581d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b08cf', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_articleevent" ("byline", "canonical_url", "copy_of_id", "created_at", "current_version_id", "gone_at", "id", "kind", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "raw_url", "source_id", "story_id", "title", "updated_at", "url_hash", "version") SELECT new_values."byline", new_values."canonical_url", new_values."copy_of_id", new_values."created_at", new_values."current_version_id", new_values."gone_at", new_values."id", new_values."kind", new_values."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."published_at", new_values."raw_url", new_values."source_id", new_values."story_id", new_values."title", new_values."updated_at", new_values."url_hash", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='96a56a56dc3895c1a3551b726714d099de773003', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_500a2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_articleevent" ("byline", "canonical_url", "copy_of_id", "created_at", "current_version_id", "gone_at", "id", "kind", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "raw_url", "source_id", "story_id", "title", "updated_at", "url_hash", "version") SELECT old_values."byline", old_values."canonical_url", old_values."copy_of_id", old_values."created_at", old_values."current_version_id", old_values."gone_at", old_values."id", old_values."kind", old_values."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."published_at", old_values."raw_url", old_values."source_id", old_values."story_id", old_values."title", old_values."updated_at", old_values."url_hash", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c1471e5a1bc5c152d8033030896499a782d9a6f9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_94a4e', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='storyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb999e25e5d5e4e1bd25b43c5a1de4bd1c8d41d8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0f5ca', table='claims_storyevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['stage', '-id'], name='claim_by_stage'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('embargo_until__isnull', False)), fields=['embargo_until'], name='claim_embargoed'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('recheck_by__isnull', False)), fields=['recheck_by'], name='claim_to_recheck'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(django.db.models.functions.text.Left('text', 100000), config='english'), name='claim_text_search'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='claim_text_filled'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['in_review', 'new', 'published', 'researching', 'shelved'])), name='claim_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('priority__in', ['high', 'low', 'normal'])), name='claim_priority_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='78e4f955384f11a20d10ffba60448a1cbaedbfc2', operation='UPDATE', pgid='pgtrigger_count_version_dd817', table='claims_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='stage_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."stage", \':\', NEW."stage") = ANY(\'{in_review:published,in_review:researching,new:researching,new:shelved,published:researching,researching:in_review,researching:published,researching:shelved,shelved:researching}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."stage" IS DISTINCT FROM NEW."stage") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "stage" from "%" to "%" on table %\', OLD."stage", NEW."stage", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='59fc756c68e0ae05f4018073d80fabd62accb5f8', operation='UPDATE', pgid='pgtrigger_stage_moves_e741b', table='claims_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='public_verdict_holds', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."stage" = \'shelved\')', func="\n    IF EXISTS (SELECT FROM claims_verdict v\n               WHERE v.claim_id = NEW.id AND v.status = 'published') THEN\n        RAISE EXCEPTION 'claim_shelved_with_verdict: the verdict on claim % is public', NEW.id\n            USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='3900dda4474fda286baac85d9e1f77902ea0f789', operation='UPDATE OF "stage"', pgid='pgtrigger_public_verdict_holds_c7e5b', table='claims_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claims', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='b99e2a965e84556c5880e14896020afc07c31bdb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_d1b1d', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'claims\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."text", old_values."quantities", old_values."stage", old_values."priority", old_values."assignee_id", old_values."embargo_until", old_values."recheck_by", old_values."created_by_id") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."text", new_values."quantities", new_values."stage", new_values."priority", new_values."assignee_id", new_values."embargo_until", new_values."recheck_by", new_values."created_by_id")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='e7efd4cd8986552ff591f55fac24e9a148e18db4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_00fcd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claims', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='d28960bfe0c164cf4a66c1465c430d785d9fa248', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_3d5a3', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='announce_shown', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (\n    SELECT \'appearances\', r.id, \'updated\' FROM claims_appearance r WHERE r.claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n)\n    UNION ALL\n    SELECT \'claim-links\', r.id, \'updated\' FROM claims_claimlink r\n    WHERE r.from_claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n) OR r.to_claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n)\n    UNION ALL\n    SELECT \'evidence\', r.id, \'updated\' FROM claims_evidence r WHERE r.claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n)\n    UNION ALL\n    SELECT \'verdicts\', r.id, \'updated\' FROM claims_verdict r WHERE r.claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n)\n    UNION ALL\n    SELECT \'decisions\', r.id, \'updated\' FROM claims_decision r\n    WHERE r.claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n)\n       OR r.verdict_id IN (SELECT v.id FROM claims_verdict v WHERE v.claim_id IN (\n    SELECT new_values.id FROM old_values JOIN new_values USING (id)\n    WHERE (old_values."embargo_until", old_values."assignee_id", old_values."created_by_id") IS DISTINCT FROM (new_values."embargo_until", new_values."assignee_id", new_values."created_by_id") AND coalesce(old_values.embargo_until, new_values.embargo_until) IS NOT NULL\n))\n) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='b771e0770ec793f2f6e50cb98ac0e19ab3e45f52', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_shown_cd9e4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bbf4adb46b89f564d097fb41945e5226f845769e', operation='UPDATE', pgid='pgtrigger_keep_key_83315', table='claims_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimevent" ("assignee_id", "created_at", "created_by_id", "embargo_until", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "quantities", "recheck_by", "stage", "text", "updated_at", "version") SELECT new_values."assignee_id", new_values."created_at", new_values."created_by_id", new_values."embargo_until", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."priority", new_values."quantities", new_values."recheck_by", new_values."stage", new_values."text", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='159435691d5a611ae4606b49fd3f2ffa9033b783', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_df8fa', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimevent" ("assignee_id", "created_at", "created_by_id", "embargo_until", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "quantities", "recheck_by", "stage", "text", "updated_at", "version") SELECT new_values."assignee_id", new_values."created_at", new_values."created_by_id", new_values."embargo_until", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."priority", new_values."quantities", new_values."recheck_by", new_values."stage", new_values."text", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e1c4ee662f14ea6d50bfbb1bdaea4b1006e8e856', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fe4ba', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_claim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimevent" ("assignee_id", "created_at", "created_by_id", "embargo_until", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "quantities", "recheck_by", "stage", "text", "updated_at", "version") SELECT old_values."assignee_id", old_values."created_at", old_values."created_by_id", old_values."embargo_until", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."priority", old_values."quantities", old_values."recheck_by", old_values."stage", old_values."text", old_values."updated_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='15d5d7c6a87520a8a79397144a4bce6bf30ca5bd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_dbf31', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_claim', when='AFTER')),
        ),
        migrations.CreateModel(
            name='ClaimTopic',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('claims.claim_topics',),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topicevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='23bb4601503dae76b9c311784eb4dceb19884a7e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7eb88', table='claims_topicevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='verdict',
            index=models.Index(condition=models.Q(('status', 'draft')), fields=['author', '-id'], name='verdict_drafts_of'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(fields=('claim', 'number'), name='verdict_number_once'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'published')), fields=('claim',), name='verdict_published_once_a_claim'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('claim',), name='verdict_draft_once_a_claim'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('approver__isnull', True), models.Q(('approver', models.F('author')), _negated=True), _connector='OR'), name='verdict_four_eyes', violation_error_message='Nobody approves a verdict of their own.'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approver__isnull', True), ('published_at__isnull', True), ('status', 'draft')), models.Q(models.Q(('status', 'draft'), _negated=True), ('approver__isnull', False), ('published_at__isnull', False), ('rating__isnull', False), models.Q(('summary', ''), _negated=True), models.Q(('number', 1), models.Q(('correction_note', ''), _negated=True), _connector='OR')), _connector='OR'), name='verdict_published_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='verdict_number_positive'),
        ),
        migrations.AddConstraint(
            model_name='verdict',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published', 'retracted', 'superseded'])), name='verdict_status_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='b2463e94bd3f303d605b4f61b4c3e89554a71062', operation='UPDATE', pgid='pgtrigger_count_version_21132', table='claims_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='status_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:published,published:retracted,published:superseded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='0781d6dc10c4675d850354eaf224ab9d306bd091', operation='UPDATE', pgid='pgtrigger_status_moves_8be66', table='claims_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='261f93860bfd0df955ab5245dec12ddfebd320d5', operation='DELETE', pgid='pgtrigger_published_stays_0b6e1', table='claims_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='published_unchanged', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL AND (OLD."claim_id" IS DISTINCT FROM (NEW."claim_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."rating_id" IS DISTINCT FROM (NEW."rating_id") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."explanation" IS DISTINCT FROM (NEW."explanation") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."approver_id" IS DISTINCT FROM (NEW."approver_id") OR OLD."valid_as_of" IS DISTINCT FROM (NEW."valid_as_of") OR OLD."correction_note" IS DISTINCT FROM (NEW."correction_note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='14b6a6bee97fd72ada0fce98fab8a07b16965617', operation='UPDATE', pgid='pgtrigger_published_unchanged_6ff90', table='claims_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='approver_wrote_nothing', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT FROM claims_verdictwriter w\n               WHERE w.verdict_id = NEW.id AND w.user_id = NEW.approver_id) THEN\n        RAISE EXCEPTION 'verdict_four_eyes: user % wrote on verdict % and cannot approve it',\n            NEW.approver_id, NEW.id USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='edf27b85e85b491ad8d61870396d3cadb717278b', operation='INSERT OR UPDATE OF "approver_id"', pgid='pgtrigger_approver_wrote_nothing_1e371', table='claims_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'verdicts', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='92efe096280026b81affada9f99bbe28f57e295b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_7efef', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_verdict', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'verdicts\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."version", old_values."created_at", old_values."updated_at", old_values."claim_id", old_values."number", old_values."status", old_values."rating_id", old_values."summary", old_values."explanation", old_values."author_id", old_values."approver_id", old_values."valid_as_of", old_values."correction_note", old_values."published_at") IS DISTINCT FROM (new_values."id", new_values."version", new_values."created_at", new_values."updated_at", new_values."claim_id", new_values."number", new_values."status", new_values."rating_id", new_values."summary", new_values."explanation", new_values."author_id", new_values."approver_id", new_values."valid_as_of", new_values."correction_note", new_values."published_at")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='3110b2f34cccd5d0e1921cf135e067d9642977c5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_a8721', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_verdict', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'verdicts', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='6998a908550741c61d42b3dbdeaca705d5d6af3f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_bae8e', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_verdict', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0d900d7083fd434a3d82e5841546fa8c76612f48', operation='UPDATE', pgid='pgtrigger_keep_key_563b3', table='claims_verdict', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_verdictevent" ("approver_id", "author_id", "claim_id", "correction_note", "created_at", "explanation", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "rating_id", "status", "summary", "updated_at", "valid_as_of", "version") SELECT new_values."approver_id", new_values."author_id", new_values."claim_id", new_values."correction_note", new_values."created_at", new_values."explanation", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."published_at", new_values."rating_id", new_values."status", new_values."summary", new_values."updated_at", new_values."valid_as_of", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a2d5bc9e19171ef6239b2e523542d5606aecd7d9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3cb73', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_verdict', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_verdictevent" ("approver_id", "author_id", "claim_id", "correction_note", "created_at", "explanation", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "rating_id", "status", "summary", "updated_at", "valid_as_of", "version") SELECT new_values."approver_id", new_values."author_id", new_values."claim_id", new_values."correction_note", new_values."created_at", new_values."explanation", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."published_at", new_values."rating_id", new_values."status", new_values."summary", new_values."updated_at", new_values."valid_as_of", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ddcee5c8b77dd09efccae01026396c4b6daef949', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_05fe6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_verdict', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdict',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_verdictevent" ("approver_id", "author_id", "claim_id", "correction_note", "created_at", "explanation", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "rating_id", "status", "summary", "updated_at", "valid_as_of", "version") SELECT old_values."approver_id", old_values."author_id", old_values."claim_id", old_values."correction_note", old_values."created_at", old_values."explanation", old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."published_at", old_values."rating_id", old_values."status", old_values."summary", old_values."updated_at", old_values."valid_as_of", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fc0565e8688cbcad2ebfb68410a78acebc1280c0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_83861', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_verdict', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decisionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='02c99c2982a9f05e0f35a1c1b59b968a46b764f6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7a344', table='claims_decisionevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['-at', '-id'], name='decision_newest'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['at'], name='decision_in_time'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('reason_code', 'left_open')), fields=['quote'], name='decision_left_open'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', True), ('quote__isnull', False), ('verdict__isnull', True)), models.Q(('claim__isnull', False), ('quote__isnull', True), ('verdict__isnull', True)), models.Q(('claim__isnull', True), ('quote__isnull', True), ('verdict__isnull', False)), _connector='OR'), name='decision_on_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('actor__isnull', False), models.Q(('job', ''), _negated=True), _connector='OR'), name='decision_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d1187b85dd5651bf12ade7a1bfeaeff0264c84e0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c0252', table='claims_decision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'decisions', k.key, 'created' FROM (SELECT id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='351e46c5dd15fbcc3524a3377034703c11bda64a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_7a6eb', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'decisions\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.id, new_values.id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."quote_id", old_values."claim_id", old_values."verdict_id", old_values."actor_id", old_values."job", old_values."from_state", old_values."to_state", old_values."reason_code", old_values."comment", old_values."at") IS DISTINCT FROM (new_values."id", new_values."quote_id", new_values."claim_id", new_values."verdict_id", new_values."actor_id", new_values."job", new_values."from_state", new_values."to_state", new_values."reason_code", new_values."comment", new_values."at")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='173d05aac04445692674511cdf8fa502ea3ee62e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_16d7b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'decisions', k.key, 'deleted' FROM (SELECT id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='a296c5a96b6b820aedc783e0040ee04eb0f44be0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_0302c', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='efd66d06034faca51fce2a18d2024d8d80a6a8c6', operation='UPDATE', pgid='pgtrigger_keep_key_082c1', table='claims_decision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_decisionevent" ("actor_id", "at", "claim_id", "comment", "from_state", "id", "job", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "reason_code", "to_state", "verdict_id") SELECT new_values."actor_id", new_values."at", new_values."claim_id", new_values."comment", new_values."from_state", new_values."id", new_values."job", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."quote_id", new_values."reason_code", new_values."to_state", new_values."verdict_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='91acf012d7ebb0792db26ad7100e8fb2a4cc969a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1f692', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_decisionevent" ("actor_id", "at", "claim_id", "comment", "from_state", "id", "job", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "reason_code", "to_state", "verdict_id") SELECT new_values."actor_id", new_values."at", new_values."claim_id", new_values."comment", new_values."from_state", new_values."id", new_values."job", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."quote_id", new_values."reason_code", new_values."to_state", new_values."verdict_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='836a2863e0e8ab5ccfc0be70f48b72df09abff9a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f687d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_decisionevent" ("actor_id", "at", "claim_id", "comment", "from_state", "id", "job", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quote_id", "reason_code", "to_state", "verdict_id") SELECT old_values."actor_id", old_values."at", old_values."claim_id", old_values."comment", old_values."from_state", old_values."id", old_values."job", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."quote_id", old_values."reason_code", old_values."to_state", old_values."verdict_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c4394229ec00d10b3dbec41545083e4c9f8bf361', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_81c26', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approvalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2457a57452a8344d590f32101c1df36f0dc899e3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6f7cc', table='claims_approvalevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(fields=('verdict', 'verdict_version', 'user'), name='approval_once'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='approval_dissent_says_why', violation_error_message='Say why you do not agree.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bad11ec1fd43820451296e3941a6f120af5a8100', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_46adb', table='claims_approval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='other_eyes', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT FROM claims_verdict v\n               WHERE v.id = NEW.verdict_id AND v.author_id = NEW.user_id)\n    OR EXISTS (SELECT FROM claims_verdictwriter w\n               WHERE w.verdict_id = NEW.verdict_id AND w.user_id = NEW.user_id) THEN\n        RAISE EXCEPTION 'verdict_four_eyes: user % wrote verdict % and cannot judge it',\n            NEW.user_id, NEW.verdict_id USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n", hash='bbd0697e33fdac5db62acda650586d01fb1cf66e', operation='INSERT', pgid='pgtrigger_other_eyes_2686e', table='claims_approval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='037d29bbb70e44977ceade14e2979e8c40205403', operation='UPDATE', pgid='pgtrigger_keep_key_9fd9f', table='claims_approval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_approvalevent" ("agrees", "at", "comment", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "verdict_id", "verdict_version") SELECT new_values."agrees", new_values."at", new_values."comment", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."user_id", new_values."verdict_id", new_values."verdict_version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ecc6682f109dccd2a0a48ab6bd633730d07087aa', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_092bb', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_approval', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_approvalevent" ("agrees", "at", "comment", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "verdict_id", "verdict_version") SELECT new_values."agrees", new_values."at", new_values."comment", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."user_id", new_values."verdict_id", new_values."verdict_version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='22c1c02d2b5ab2172e68837d3f3023b5f9301f5a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5ac2f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_approval', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='approval',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_approvalevent" ("agrees", "at", "comment", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "verdict_id", "verdict_version") SELECT old_values."agrees", old_values."at", old_values."comment", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."user_id", old_values."verdict_id", old_values."verdict_version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f220bad726abe4ab3ee799e83f8885f614545d6a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a86c9', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_approval', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdictevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7e3bccbe8789fecec97555270aabcdaed8b4048e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_76d0a', table='claims_verdictevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='verdictwriter',
            constraint=models.UniqueConstraint(fields=('verdict', 'user'), name='verdict_writer_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdictwriter',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cd6a0df789706bfbf349727c89bb2740d767bf15', operation='UPDATE', pgid='pgtrigger_keep_key_90c4a', table='claims_verdictwriter', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdictwriter',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_verdictwriterevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "verdict_id") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."user_id", new_values."verdict_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eea24e7696b7633a0b19f32b0bf6230072793115', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cc594', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_verdictwriter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdictwriter',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_verdictwriterevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "verdict_id") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."user_id", new_values."verdict_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bbb93b2cbd8db14b5e18d615dd5447a3b8277c18', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f8204', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_verdictwriter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdictwriter',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_verdictwriterevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "verdict_id") SELECT old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."user_id", old_values."verdict_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='65e0a42418658a9d6b4c8b9cccff9fa823286dde', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_80a52', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_verdictwriter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verdictwriterevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dbfbe1d1509063e64c9d78ba2cc22c1e92248f6c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9a91b', table='claims_verdictwriterevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='webhookendpoint',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'disabled', 'paused'])), name='webhook_state_known'),
        ),
        migrations.AddConstraint(
            model_name='webhookendpoint',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='webhook_named'),
        ),
        migrations.AddConstraint(
            model_name='webhookendpoint',
            constraint=models.CheckConstraint(condition=models.Q(('event_types', []), _negated=True), name='webhook_wants_something'),
        ),
        migrations.AddConstraint(
            model_name='webhookendpoint',
            constraint=models.CheckConstraint(condition=models.Q(('event_types__contained_by', ['article.changed', 'claim.assigned', 'claim.created', 'claim.published', 'claim.repeated', 'claim.returned', 'claim.submitted', 'ping', 'quote.accepted', 'quote.altered', 'quote.rejected', 'speaker.merged', 'verdict.corrected', 'verdict.published', 'verdict.retracted'])), name='webhook_types_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='webhookendpoint',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."event_types" IS DISTINCT FROM (NEW."event_types") OR OLD."former_seed" IS DISTINCT FROM (NEW."former_seed") OR OLD."former_until" IS DISTINCT FROM (NEW."former_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."secret_seed" IS DISTINCT FROM (NEW."secret_seed") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_reason" IS DISTINCT FROM (NEW."state_reason") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='64a3bc312b2e4643214db2b404ed02dde3183d53', operation='UPDATE', pgid='pgtrigger_count_version_783f1', table='claims_webhookendpoint', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='webhookendpoint',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7b8fe600eb7b240b4805189e904b8de5d15b2d92', operation='UPDATE', pgid='pgtrigger_keep_key_9cd36', table='claims_webhookendpoint', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='webhookendpoint',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_webhookendpointevent" ("created_at", "description", "event_types", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_reason", "updated_at", "url", "version") SELECT new_values."created_at", new_values."description", new_values."event_types", new_values."id", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."state", new_values."state_reason", new_values."updated_at", new_values."url", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='90802402137e1ed42b45ebe7ebe1accb0497be8b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_61dac', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_webhookendpoint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='webhookendpoint',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_webhookendpointevent" ("created_at", "description", "event_types", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_reason", "updated_at", "url", "version") SELECT new_values."created_at", new_values."description", new_values."event_types", new_values."id", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."state", new_values."state_reason", new_values."updated_at", new_values."url", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."event_types" IS DISTINCT FROM (new_values."event_types") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."state_reason" IS DISTINCT FROM (new_values."state_reason") OR old_values."updated_at" IS DISTINCT FROM (new_values."updated_at") OR old_values."url" IS DISTINCT FROM (new_values."url") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='84f6bc59139473de355c04cb30dca12944ea7505', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3d8b2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_webhookendpoint', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='webhookendpoint',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_webhookendpointevent" ("created_at", "description", "event_types", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "state_reason", "updated_at", "url", "version") SELECT old_values."created_at", old_values."description", old_values."event_types", old_values."id", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."state", old_values."state_reason", old_values."updated_at", old_values."url", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e19b4289f75f6eaebdc429063f4151cce2e2e6ff', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_bcbff', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_webhookendpoint', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['due_at'], name='webhook_due'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(condition=models.Q(('state__in', ['done', 'dead'])), fields=['state', '-finished_at'], name='webhook_ended'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(fields=['endpoint', '-id'], name='webhook_log'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.UniqueConstraint(fields=('event', 'endpoint'), name='webhook_delivered_once'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['dead', 'done', 'queued', 'running'])), name='webhook_delivery_state_known'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('lease_token__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_token__isnull', True)), _connector='OR'), name='webhook_leased_while_running'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='webhookdelivery',
            trigger=pgtrigger.compiler.Trigger(name='count_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='NEW.version = OLD.version + 1; RETURN NEW;', hash='bc982b47774fc7ef32fb2f636ea18ffddd83d652', operation='UPDATE', pgid='pgtrigger_count_version_352e7', table='claims_webhookdelivery', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user', '-id'], name='notification_unread'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('mailed_at__isnull', True)), fields=['user', 'id'], name='notification_unmailed'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['altered', 'approval', 'assigned', 'mention', 'returned', 'webhook'])), name='notification_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(('claim__isnull', False), ('quote__isnull', False), ('endpoint__isnull', False), _connector='OR'), name='notification_of_one_thing'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='webhookendpointevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d217af3815593fe3b45445c8eea3de3d6a88b5dc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_853ae', table='claims_webhookendpointevent', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='claimtopicevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.claimtopic'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimtopic',
            trigger=pgtrigger.compiler.Trigger(name='announce_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claims', k.key, 'updated' FROM (SELECT claim_id FROM new_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='4d18e41e82712933c8df0632a7f7ee432f6bda3a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_announce_insert_4115f', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_claim_topics', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimtopic',
            trigger=pgtrigger.compiler.Trigger(name='announce_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT \'claims\', k.key, \'updated\' FROM (\n    SELECT unnest(ARRAY[old_values.claim_id, new_values.claim_id])\n    FROM old_values JOIN new_values USING (id) WHERE (old_values."id", old_values."claim_id", old_values."topic_id") IS DISTINCT FROM (new_values."id", new_values."claim_id", new_values."topic_id")\n) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;', hash='6dc52d74fe05492412881b62225dd9cb09b76a39', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_announce_update_0d044', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_claim_topics', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimtopic',
            trigger=pgtrigger.compiler.Trigger(name='announce_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    INSERT INTO claims_change (resource, object_id, kind, at, xid)\n    SELECT resource, object_id, kind, clock_timestamp(), pg_current_xact_id()::text::bigint\n    FROM (SELECT DISTINCT 'claims', k.key, 'updated' FROM (SELECT claim_id FROM old_values) AS k (key)) AS noted (resource, object_id, kind) ORDER BY object_id\n; RETURN NULL;", hash='d8ffae6ffb63f992495f9c80640e7b6b3f591336', level='STATEMENT', operation='DELETE', pgid='pgtrigger_announce_delete_41eae', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_claim_topics', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimtopic',
            trigger=pgtrigger.compiler.Trigger(name='keep_key', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6d76607471b1854105fcd4419952cdc253dd8914', operation='UPDATE', pgid='pgtrigger_keep_key_98f29', table='claims_claim_topics', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimtopic',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimtopicevent" ("claim_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") SELECT new_values."claim_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'insert\', new_values."id", new_values."topic_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fefcb482fb48d3845c0716599f5095bd68856ee0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e3f7f', referencing='REFERENCING NEW TABLE AS new_values ', table='claims_claim_topics', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimtopic',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimtopicevent" ("claim_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") SELECT new_values."claim_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'update\', new_values."id", new_values."topic_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='67979bbf9f2b5608748c69e26c2e6904de83011d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e96f8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='claims_claim_topics', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimtopic',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "claims_claimtopicevent" ("claim_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "topic_id") SELECT old_values."claim_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, clock_timestamp(), \'delete\', old_values."id", old_values."topic_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5343ea6f0a7b4241da3bf1e1d6f3ea90d78aa8f8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_28e40', referencing='REFERENCING OLD TABLE AS old_values ', table='claims_claim_topics', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimtopicevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2dbe984367cd4bad8386644b41ce64842d7138ca', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cefd0', table='claims_claimtopicevent', when='BEFORE')),
        ),
        ]),
        migrations.RunPython(make_roles, remove_roles),
        # A scale that verdicts point to is not taken back.
        migrations.RunPython(make_scale, migrations.RunPython.noop),
        migrations.RunPython(make_epoch, migrations.RunPython.noop),
    ]
