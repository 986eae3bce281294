CREATE INDEX "case_by_serial" ON "case_file" USING btree ("shard",((substring(number from '([0-9]+)号')) collate "C"),"id");--> statement-breakpoint
CREATE INDEX "control_by_ending" ON "control" USING btree ("shard",(coalesce(to_day, (
  (effective_from at time zone interval '08:00')::date
  + case asset_class when 'deposit' then interval '1 year' when 'movable' then interval '2 years' else interval '3 years' end
)::date - case
  when extract(month from effective_from at time zone interval '08:00') = 2
    and extract(day from effective_from at time zone interval '08:00') = 29 then 0
  else 1 end)),"case_id","id") WHERE effect = 'effective';